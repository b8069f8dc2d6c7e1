"""A port, a version, a flag stands once: changing it there changes every place that shows it."""

from __future__ import annotations

import io
import re
import tarfile
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.own_project import ROOT, build_at, copy_project, own_build

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.build import Build


class Fact(NamedTuple):
    file: str
    line: str
    changed: str
    shown: str
    shown_then: str


FACTS = (
    Fact("service/service.yaml", "api: 8000", "api: 8765", "8000", "8765"),
    Fact("service/service.yaml", "engine: 8001", "engine: 8766", "8001", "8766"),
    Fact("service/service.yaml", "peer: 8002", "peer: 8767", "8002", "8767"),
    Fact("service/service.yaml", "name: llm-server", "name: llm-other", "llm-server", "llm-other"),
    Fact("service/service.yaml", "model_root: /root/llm-model", "model_root: /data/w", "/root/llm-model", "/data/w"),
    Fact("service/service.yaml", "entrypoint: /bin/bash", "entrypoint: /opt/bash", "/bin/bash", "/opt/bash"),
    Fact("service/catalog/engines/vllm.yaml", "value: 6379", "value: 6399", "6379", "6399"),
    Fact("service/catalog/engines/sglang.yaml", "value: 20000", "value: 20555", "20000", "20555"),
    Fact("service/catalog/engines/vllm.yaml", "--max-num-seqs", "--max-num-seqz", "--max-num-seqs", "--max-num-seqz"),
    Fact("service/catalog/instances/h20.yaml", '"550.54"', '"551.99"', "550.54", "551.99"),
    Fact("service/catalog/models/deepseek-v3.yaml", "stated_qps: 67", "stated_qps: 6161", "67", "6161"),
    Fact("service/catalog/models/deepseek-r1.yaml", "limit: 163840", "limit: 163111", "163840", "163111"),
    Fact("service/service.yaml", "maximum: 0.95", "maximum: 0.93", "0.95", "0.93"),
)


def texts(build: Build) -> dict[str, str]:
    """Return every text of the package, those inside the node tools included; hashes blanked."""
    files = dict(build.files)
    tools = next(name for name in files if name.endswith("node-tools.tar.gz"))
    with tarfile.open(fileobj=io.BytesIO(files.pop(tools))) as archive:
        for entry in archive.getmembers():
            member = archive.extractfile(entry)
            assert member is not None
            files[f"{tools}/{entry.name}"] = member.read()
    return {
        name: re.sub(r"\b[0-9a-f]{64}\b", "", content.decode())
        for name, content in files.items()
        if not name.endswith((".png", ".webp", "manifest.json"))
    }


def count(word: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w.]){re.escape(word)}(?![\w])", text))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.line)
def test_changing_it_there_changes_every_place(tmp_path: Path, fact: Fact) -> None:
    root = copy_project(tmp_path / "project")
    catalog = root / fact.file
    source = catalog.read_text(encoding="utf-8")
    assert source.count(fact.line) >= 1
    catalog.write_text(source.replace(fact.line, fact.changed), encoding="utf-8")
    before, after = texts(own_build()), texts(build_at(root))
    shown = places(fact.shown, before)
    assert shown, "the package shows it somewhere"
    left = places(fact.shown, after)
    assert left == OTHER_MEANINGS.get(fact.line, {})
    assert places(fact.shown_then, after) == {
        name: n - left.get(name, 0) for name, n in shown.items() if n > left.get(name, 0)
    }


def places(word: str, files: dict[str, str]) -> dict[str, int]:
    """Return how often each file shows `word`; those that do not are left out."""
    counts = {name: count(word, text) for name, text in files.items()}
    return {name: n for name, n in counts.items() if n}


@pytest.mark.parametrize(("version", "next_one"), [("0.8.5.post1", "0.8.6"), ("0.8.2", "0.8.3"), ("0.4.3", "0.4.9")])
def test_a_version_is_a_fact_of_the_service_alone(tmp_path: Path, version: str, next_one: str) -> None:
    root = copy_project(tmp_path / "project")
    written = re.compile(rf"(?<![\d.]){re.escape(version)}(?!\w)")
    for path in (root / "service").rglob("*.yaml"):
        path.write_text(written.sub(next_one, path.read_text(encoding="utf-8")), encoding="utf-8")
    assert any(written.search(text) for text in texts(own_build()).values())
    assert not [name for name, text in texts(build_at(root)).items() if written.search(text)]


# The same digits with another meaning, and how often.
OTHER_MEANINGS: dict[str, dict[str, int]] = {
    # `--port 8000` as the earlier guide's scripts of both engines have it, quoted
    "api: 8000": {"docs/index-ecs-two.md": 2, "docs/index-ecs-two-en.md": 2},
    # the limit of the other model
    "limit: 163840": {"docs/index-ecs-two.md": 1, "docs/index-ecs-two-en.md": 1},
}


def test_the_sources_of_the_scripts_hold_no_fact_of_the_catalogs() -> None:
    facts = [fact.shown for fact in FACTS if fact.shown.isdigit() and len(fact.shown) > 3]
    for path in (ROOT / "scripts").rglob("*.sh"):
        text = path.read_text(encoding="utf-8")
        assert not [fact for fact in facts if count(fact, text)], path
