"""Writes a model with random weights, its tokenizer and its chat template; run by the engine's Python."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BEGIN, END, USER, ASSISTANT = "<s>", "</s>", "<|user|>", "<|assistant|>"
TEXTS = ("Say hello.", "Who are you?", "Deploy the model on two hosts.", "The quick brown fox jumps over the lazy dog.")
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'assistant' %}<|assistant|>{% else %}<|user|>{% endif %}{{ message['content'] }}"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)

ENDS_EVERY = 16
"""Every so manieth token ends an answer: random weights would go on to the longest answer that a sample allows."""


def main(arguments: Sequence[str]) -> int:
    """Write the model whose config.json is given as text into a folder."""
    config, folder = json.loads(arguments[0]), Path(arguments[1])
    write_tokenizer(folder, config["vocab_size"])
    write_weights(folder, config)
    return 0


def write_tokenizer(folder: Path, size: int) -> None:
    """Write a byte-level tokenizer: it reads any text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    special = [BEGIN, END, USER, ASSISTANT]
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=special, initial_alphabet=alphabet)
    tokenizer.train_from_iterator(TEXTS, trainer)
    whole = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=BEGIN, eos_token=END, pad_token=END)
    whole.chat_template = CHAT_TEMPLATE
    whole.save_pretrained(folder)


def write_weights(folder: Path, config: Mapping[str, object]) -> None:
    """Write random weights, the same each time, and config.json with every figure as it was asked for."""
    import torch
    from transformers import DeepseekV3Config, DeepseekV3ForCausalLM

    torch.manual_seed(0)
    settings = DeepseekV3Config(**config, bos_token_id=0, eos_token_id=1, pad_token_id=1)
    DeepseekV3ForCausalLM(settings).to(torch.bfloat16).save_pretrained(folder)
    path = folder / "config.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**written, **config}, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    ends = {"eos_token_id": [1, *range(ENDS_EVERY, settings.vocab_size, ENDS_EVERY)], "pad_token_id": 1}
    (folder / "generation_config.json").write_text(json.dumps(ends) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
