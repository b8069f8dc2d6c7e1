"""Evaluate templates in a page and in Python, to compare the texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from nestforge.cli.show_evaluation import evaluation_json
from nestforge.evaluate.stack import evaluate
from nestforge.web.bundle import bundle
from nestforge.web.inline import content_security_policy
from nestforge.web.template_json import template_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template


REGION = {"ALIYUN::Region": "cn-hangzhou"}


class Case(NamedTuple):
    """A template with the values for each of its evaluations."""

    template: Template
    given: Sequence[dict[str, Data]] = ({},)
    locale: str = "en"


def open_evaluator(page: Page) -> None:
    """Load the evaluator into the page, under the policy of the pages that we make."""
    script = bundle(Path(__file__).with_name("entry.js"))
    policy = content_security_policy([script], [])
    page.set_content(f'<meta http-equiv="Content-Security-Policy" content="{policy}"><script>{script}</script>')


def in_the_page(page: Page, cases: Sequence[Case]) -> list[list[str]]:
    """Return what the page makes of them, as JSON texts."""
    begin_in_the_page(page, cases)
    return ended_in_the_page(page)


def begin_in_the_page(page: Page, cases: Sequence[Case]) -> None:
    """Let the page evaluate them, while we do something else."""
    batch = [
        [
            template_json(each.template),
            [{"values": given, "region": REGION["ALIYUN::Region"], "language": each.locale} for given in each.given],
        ]
        for each in cases
    ]
    page.evaluate("begin", json.dumps(batch))


def ended_in_the_page(page: Page) -> list[list[str]]:
    """Wait for what was begun, and return the JSON texts."""
    changes = cast("list[list[tuple[int, int, str]]]", page.evaluate("ended"))
    return [_whole_texts(each) for each in changes]


def _whole_texts(changes: list[tuple[int, int, str]]) -> list[str]:
    """Return texts of which each came as what differs from the one before; its places are those of UTF-16."""
    result: list[str] = []
    before = b""
    for start, end, between in changes:
        before = before[: 2 * start] + between.encode("utf-16-le", "surrogatepass") + before[len(before) - 2 * end :]
        result.append(before.decode("utf-16-le", "surrogatepass"))
    return result


def in_python(cases: Sequence[Case]) -> list[list[str]]:
    """Return the text that `nestforge evaluate --json` prints for each."""
    return [[_printed(each.template, given, each.locale) for given in each.given] for each in cases]


def _printed(template: Template, given: dict[str, Data], locale: str) -> str:
    result = evaluate(template, given, REGION, locale)
    return evaluation_json(result, result.diagnostics)
