"""The stand-in's answers: made up, but counted with the model's own tokenizer and chat template."""

from __future__ import annotations

import json
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT = "This answer is made up: SGLang does not run without a GPU, and a stand-in speaks for it. "
LONGEST = 128
"""Tokens of an answer whose request names no limit."""


class Answers:
    """Reads prompts and makes answers up."""

    def __init__(self, model_path: str) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(f"{model_path}/tokenizer.json")
        self._template = ImmutableSandboxedEnvironment().from_string(_chat_template(Path(model_path)))
        self._tokens: list[int] = self._tokenizer.encode(TEXT).ids

    def prompt_tokens(self, messages: Sequence[Mapping[str, object]]) -> int:
        """Return how many tokens a conversation has."""
        prompt = self._template.render(messages=messages, add_generation_prompt=True)
        return len(self._tokenizer.encode(prompt).ids)

    def pieces(self, limit: int | None) -> tuple[list[str], str]:
        """Return the text token by token, and why it ends: `length` when the limit cut it, else `stop`."""
        wanted = LONGEST if limit is None else limit
        tokens = list(islice(cycle(self._tokens), min(wanted, LONGEST)))
        texts = [self._tokenizer.decode(tokens[: end + 1]) for end in range(len(tokens))]
        pieces = [text[len(before) :] for before, text in zip(["", *texts], texts, strict=False)]
        return pieces, "length" if wanted <= LONGEST else "stop"


def _chat_template(folder: Path) -> str:
    beside = folder / "chat_template.jinja"
    if beside.exists():
        return beside.read_text(encoding="utf-8")
    return str(json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))["chat_template"])
