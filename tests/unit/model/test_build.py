from __future__ import annotations

from dataclasses import replace

from tests.own_project import own_build

from nestforge.model.build import Build, Made, Origin
from nestforge.model.diagnostic import Diagnostic, Span

OUTPUT = "docs/index.md"
ORIGINS = (Origin("i18n/one.md.j2", 4), Origin("i18n/part.md.j2", 1))


def build() -> Build:
    return replace(Build(own_build().project, "hash"), files={OUTPUT: b"a\nb\n"}, origins={OUTPUT: ORIGINS})


def test_a_rendered_line_leads_to_the_line_that_an_author_edits() -> None:
    assert build().source_span(OUTPUT, 2, 3) == Span("i18n/part.md.j2", 1, 3)


def test_a_line_of_unknown_origin_is_named_as_it_is() -> None:
    assert build().source_span(OUTPUT, 3) == Span(OUTPUT, 3)
    assert build().source_span("mkdocs.yml", 1) == Span("mkdocs.yml", 1)


def test_a_step_adds_to_a_build_and_changes_none() -> None:
    before = build()
    finding = Diagnostic(Span("a", 1), "R1", "name", "message")
    after = before.with_made(Made({"more": b"x"}, diagnostics=(finding,)))
    assert (set(after.files), after.diagnostics) == ({OUTPUT, "more"}, (finding,))
    assert (set(before.files), before.diagnostics) == ({OUTPUT}, ())
