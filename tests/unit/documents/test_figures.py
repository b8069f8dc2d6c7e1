"""A figure comes from the catalogs; one that is typed in prose would stay when its fact changes."""

from __future__ import annotations

import re
from typing import cast

import pytest
from jinja2 import Environment, FileSystemLoader
from tests.own_project import ROOT, own_build

# What is no fact of a catalog, and whose it is.
IN_DOCUMENTS = {
    "22": "SSH",
    "127.0.0.1": "loopback",
    "200": "HTTP",
    "401": "HTTP",
    "404": "HTTP",
    "502": "HTTP",
    "504": "HTTP",
    "12": "an error of NCCL",
    "3.9": "the OpenAI client's own requirement",
}
IN_THE_FORM = {
    "22": "SSH",
    "0.0.0.0/0": "any address",
    "203.0.113.0/24": "an example, RFC 5737",
    "203.0.113.7/32": "an example, RFC 5737",
    "10.0.0.0/8": "private addresses, RFC 1918",
    "172.16.0.0/12": "private addresses, RFC 1918",
    "192.168.0.0/16": "private addresses, RFC 1918",
    "8": "length of a password, ECS",
    "30": "length of a password, ECS",
    "16": "length of an API key",
    "64": "length of an API key",
}
SOURCES = [
    (path.relative_to(ROOT).as_posix(), allowed)
    for locale in ("zh-CN", "en-US")
    for pattern, allowed in (("docs/*.md.j2", IN_DOCUMENTS), ("strings.yaml", IN_THE_FORM))
    for path in sorted((ROOT / "i18n" / locale).glob(pattern))
]


def figures(text: str) -> list[str]:
    """Return the numbers that stand alone in `text`; those in names, links and expressions do not."""
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", text, flags=re.DOTALL)
    plain = re.sub(r"^\d+\. ", "", plain, flags=re.MULTILINE)
    return re.findall(r"(?<![\w.#/=-])\d(?:[\d.,/]*\d)?(?![\w])", plain)


@pytest.mark.parametrize(("path", "allowed"), SOURCES, ids=lambda value: value if isinstance(value, str) else "")
def test_no_figure_of_a_catalog_is_typed_in_prose(path: str, allowed: dict[str, str]) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not [figure for figure in figures(text) if figure not in allowed]


def test_a_typed_figure_is_noticed_and_an_expression_is_none() -> None:
    text = "1. {{ nodes * 2 }} nodes, 8 GPUs, port 8000, TP8, 0.9 of 163,840; vllm#7815"
    assert figures(text) == ["8", "8000", "0.9", "163,840"]


def test_a_reason_of_the_catalogs_has_the_same_figures_in_chinese() -> None:
    words = Environment(loader=FileSystemLoader(ROOT / "i18n/zh-CN/docs"), autoescape=False).get_template("words.j2")
    translations = cast("dict[str, str]", vars(words.module)["translations"])
    english = own_build().files["docs/index-ecs-two-en.md"].decode()
    for reason, translation in translations.items():
        assert reason in english, "the catalogs have no such reason any more"
        assert sorted(set(figures(reason))) == sorted(set(figures(translation))), translation
