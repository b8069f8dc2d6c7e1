"""Composing part by part gives what composing the whole does, edit after edit."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.own_project import TEMPLATE, own_build
from yaml import YAMLError
from yaml.nodes import MappingNode, ScalarNode

from nestforge.lint.check import check_template
from nestforge.lint.registry import run_on_save
from nestforge.lsp import composer as composing
from nestforge.lsp.composer import Composer
from nestforge.lsp.document import Document
from nestforge.sources.compose import compose
from nestforge.sources.nodes import entries
from nestforge.sources.yaml_file import syntax_error

if TYPE_CHECKING:
    from yaml.nodes import Node

TYPED = ["  key", "- x", '"', "a: [", "k:\t", "# c", " b: |", "{a: b}", "---", "%x", "!Ref x", "&a b", "&a c: 1", "*a"]


def dump(node: Node) -> object:
    place = (node.start_mark.line, node.start_mark.column, node.tag)
    if isinstance(node, MappingNode):
        return place, [(dump(key), dump(value)) for key, value in node.value]
    return place, node.value if isinstance(node, ScalarNode) else [dump(item) for item in node.value]


def whole_of(text: str) -> Node | YAMLError:
    try:
        root = compose(text)
    except YAMLError as error:
        return error
    assert root is not None
    return root


def own_text() -> str:
    return own_build().files[TEMPLATE].decode()


def edited(lines: list[str], chosen: random.Random) -> str:
    at = chosen.randrange(len(lines))
    line = lines[at]
    cut = chosen.randrange(len(line) + 1)
    changed = chosen.choice(
        [
            [line[:cut]],
            [line[:cut] + chosen.choice("{}[]\"':#&*!|>%@,?x ") + line[cut:]],
            [" " * chosen.randrange(9) + line.strip()],
            [line, " " * chosen.randrange(9) + chosen.choice(TYPED)],
            [line, ""],
            [line[:cut], " " * cut + line[cut:]],
            [],
        ]
    )
    return "\n".join([*lines[:at], *changed, *lines[at + 1 :]])


def test_the_parts_are_together_what_the_whole_is() -> None:
    whole = compose(own_text())
    assert whole is not None
    composed = Composer().compose(own_text())
    assert composed.error is None
    assert dump(composed.root) == dump(whole)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edit_the_tree_or_the_error_is_that_of_the_whole(seed: int) -> None:
    chosen = random.Random(seed)
    composer, lines = Composer(), own_text().split("\n")
    for _ in range(12):
        text = edited(lines, chosen)
        found = composer.compose(text)
        whole = whole_of(text)
        if isinstance(whole, YAMLError):
            assert found.error is not None
            assert syntax_error(text, "t.yaml", found.error) == syntax_error(text, "t.yaml", whole)
        else:
            assert found.error is None
            assert dump(found.root) == dump(whole)


@pytest.mark.parametrize("seed", range(2))
def test_while_typing_the_findings_are_those_of_lint_but_for_the_slow_rules(seed: int) -> None:
    chosen, slow = random.Random(seed), run_on_save()
    text = own_text()
    document, lines = Document("template.yaml", text), text.split("\n")
    for _ in range(10):
        changed = edited(lines, chosen)
        wanted = [found for found in check_template(changed, "template.yaml") if found.code not in slow]
        places = [(found.span.line, found.span.column, found.code, found.message) for found in wanted]
        assert [(f.span.line, f.span.column, f.code, f.message) for f in document.change(changed)] == places


def test_a_keystroke_reads_only_the_part_that_it_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    composer, text = Composer(), own_text()
    composer.compose(text)
    read: list[str] = []

    def counted(part: str) -> Node | None:
        read.append(part.lstrip("\n"))
        return compose(part)

    monkeypatch.setattr(composing, "compose", counted)
    for old, new in (("ALIYUN::ECS::VPC\n", "ALIYUN::ECS::VP\n"), ("\n  EcsVpc:\n", "\n\n  EcsVpc:\n\n")):
        read.clear()
        composed = composer.compose(text.replace(old, new, 1))
        assert [part.splitlines()[0] for part in read][-1:] == ["  EcsVpc:"]
        assert len(read) <= 2  # the line above an entry is of the entry before
        assert dump(composed.root) == dump(compose(text.replace(old, new, 1)) or composed.root)


def test_an_alias_of_an_anchor_in_another_part_is_followed() -> None:
    text = "Resources:\n  A: &a {Type: x}\n  B: *a\n"
    composed = Composer().compose(text)
    assert composed.error is None
    resources = entries(entries(composed.root)["Resources"])
    assert resources["A"] is resources["B"]


def test_of_a_broken_text_there_is_what_can_be_read() -> None:
    text = "Resources:\n  A:\n    Type: x\n    half\n  B: {Type: [y\n  C: 'z\n  D:\n    Type: w\nOutputs: {}\n"
    composed = Composer().compose(text)
    assert composed.error is not None
    found = entries(composed.root)
    assert {"A", "D"} <= entries(found["Resources"]).keys()
    assert "Outputs" in found
