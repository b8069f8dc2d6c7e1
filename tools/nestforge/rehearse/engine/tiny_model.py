"""A model of the same architecture that a CPU answers with: the figures that kernels insist on, and little else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.rehearse.engine import make_model

if TYPE_CHECKING:
    from nestforge.model.catalog import Model
    from nestforge.rehearse.engine.environment import Environment

KEPT = ("model_type", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim", "n_shared_experts")
"""As published: vLLM's kernels know one shape of latent attention ("Head dimension 64 is not supported by MLA")."""

SMALL = {
    "vocab_size": 512,
    "hidden_size": 128,
    "intermediate_size": 256,
    "moe_intermediate_size": 64,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 4,
    "q_lora_rank": 64,
    "n_routed_experts": 8,
    "num_experts_per_tok": 2,
    "n_group": 2,
    "topk_group": 1,
    "first_k_dense_replace": 1,
    "num_nextn_predict_layers": 0,
}

ROUTING = {
    "topk_method": "noaux_tc",  # else vLLM ends with KeyError: ... e_score_correction_bias
    "scoring_func": "sigmoid",
    "norm_topk_prob": True,
    "routed_scaling_factor": 2.5,
    "moe_layer_freq": 1,
    "ep_size": 1,
}
"""As in the config.json that DeepSeek publishes for V3 and R1."""


class UnknownArchitecture(NestforgeError):
    """No small model of this kind can be made."""

    exit_code = 1

    def __init__(self, model: Model) -> None:
        kind = model.architecture.model_type if model.architecture else "no architecture"
        super().__init__(f"a rehearsal of {model.id} would need a small model of {kind}", help="deepseek_v3 is known")


def tiny_config(model: Model) -> dict[str, object]:
    """Return the config.json of the small model. Raises UnknownArchitecture."""
    architecture = model.architecture
    if architecture is None or architecture.model_type != "deepseek_v3":
        raise UnknownArchitecture(model)
    kept = {name: getattr(architecture, name) for name in KEPT}
    return {**kept, **SMALL, **ROUTING, "max_position_embeddings": model.context.limit}


def tiny_model(environment: Environment, model: Model) -> Path:
    """Return the folder with the small model of a model, made when it is asked for the first time.

    Raises UnknownArchitecture, CannotPrepare.
    """
    config = json.dumps(tiny_config(model), sort_keys=True)
    program = Path(make_model.__file__).read_text(encoding="utf-8")

    def make(folder: Path) -> None:
        environment.run("the small model", make_model.__name__, config, str(folder))

    return environment.made("model", [config, program], make)


def manifest(folder: Path) -> str:
    """Return the list of a model's files as the image build writes it: size, sha256 and path, sorted by path."""
    lines = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix().encode()):
        if path.is_file():
            content = path.read_bytes()
            lines.append(
                f"{len(content)} {hashlib.sha256(content).hexdigest()} {path.relative_to(folder).as_posix()}\n"
            )
    return "".join(lines)
