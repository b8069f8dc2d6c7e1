"""The small model keeps what kernels insist on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT

from nestforge.rehearse.engine.make_model import CHAT_TEMPLATE
from nestforge.rehearse.engine.tiny_model import UnknownArchitecture, manifest, tiny_config
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from pathlib import Path


def test_the_small_model_has_the_shape_and_the_context_of_the_published_one() -> None:
    for model in load_project(ROOT).catalog.models:
        assert model.architecture
        config = tiny_config(model)
        for name in ("model_type", "kv_lora_rank", "qk_rope_head_dim", "qk_nope_head_dim", "v_head_dim"):
            assert config[name] == getattr(model.architecture, name)
        assert config["max_position_embeddings"] == model.context.limit
        assert 2 <= int(str(config["num_hidden_layers"])) < 61


def test_another_architecture_is_refused() -> None:
    model = load_project(ROOT).catalog.models[0]
    assert model.architecture
    with pytest.raises(UnknownArchitecture, match="a small model of llama"):
        tiny_config(replace(model, architecture=replace(model.architecture, model_type="llama")))
    with pytest.raises(UnknownArchitecture, match="no architecture"):
        tiny_config(replace(model, architecture=None))


def test_the_chat_template_marks_who_speaks() -> None:
    jinja2 = pytest.importorskip("jinja2")
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]
    said = jinja2.Environment().from_string(CHAT_TEMPLATE).render(messages=messages, add_generation_prompt=True)
    assert said == "<|user|>Be brief.<|user|>Hello<|assistant|>"


def test_the_manifest_is_sorted_as_the_image_build_sorts_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("b.txt", "a/z", "A.txt"):
        (tmp_path / name).write_bytes(name.encode())
    lines = manifest(tmp_path).splitlines()
    assert [line.split()[2] for line in lines] == ["A.txt", "a/z", "b.txt"]
    assert lines[0] == f"5 {hashlib.sha256(b'A.txt').hexdigest()} A.txt"
