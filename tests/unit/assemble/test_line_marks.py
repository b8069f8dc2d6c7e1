from __future__ import annotations

import pytest

from nestforge.assemble.renderer import Renderer, Rendering
from nestforge.model.build import Origin


def origins(files: dict[str, str], **context: object) -> list[tuple[str, str, int]]:
    text, lines = Renderer(files).render("main.j2", context)
    return [(line, o.path, o.line) for line, o in zip(text.split("\n"), lines, strict=True)]


def test_each_line_knows_the_line_it_came_from() -> None:
    files = {"main.j2": "one\n{% if yes %}\n  two {{ value }}\n{% endif %}\n{{ value }}\n"}
    assert origins(files, yes=True, value="x") == [
        ("one", "main.j2", 1),
        ("  two x", "main.j2", 3),
        ("x", "main.j2", 5),
        ("", "main.j2", 5),
    ]


def test_an_included_and_indented_line_comes_from_the_included_file() -> None:
    files = {
        "main.j2": "top:\n{% filter indent(2, true) %}\n{% include 'part.j2' %}\n{% endfilter %}\nend\n",
        "part.j2": "a\n\nb\n",
    }
    assert origins(files) == [
        ("top:", "main.j2", 1),
        ("  a", "part.j2", 1),
        ("", "part.j2", 2),
        ("  b", "part.j2", 3),
        ("end", "main.j2", 5),
        ("", "main.j2", 5),
    ]


def test_further_lines_of_a_value_come_from_the_line_that_names_it() -> None:
    files = {"main.j2": "a\n{{ value }}\nb\n"}
    assert origins(files, value="x\ny") == [
        ("a", "main.j2", 1),
        ("x", "main.j2", 2),
        ("y", "main.j2", 2),
        ("b", "main.j2", 3),
        ("", "main.j2", 3),
    ]


def test_a_script_keeps_its_own_lines() -> None:
    renderer = Renderer({"main.j2": "run: |\n  {{ script | indent(2) }}\n"})
    text, lines = renderer.render("main.j2", {"script": renderer.numbers.marked("a.sh", "one\ntwo\n").rstrip()})
    assert text == "run: |\n  one\n  two\n"
    assert lines[1:3] == (Origin("a.sh", 1), Origin("a.sh", 2))


@pytest.mark.parametrize(
    ("source", "line", "code", "help"),
    [
        ("a\n{{ valeu }}\n", 2, "R2001", "did you mean 'value'?"),
        ("a\n\n{% if %}\n", 3, "R2002", None),
        ("{% include 'part.j3' %}\n", 1, "R2003", "did you mean 'part.j2'?"),
        ("a\n{{ ''.__class__.__mro__ }}\n", 2, "R2004", None),
        ("a\n{{ 1 / 0 }}\n", 2, "R2002", None),
        ("{% include 'part.j2' %}\n", 2, "R2001", None),
    ],
)
def test_a_fault_is_reported_at_its_line(source: str, line: int, code: str, help: str | None) -> None:
    files = {"main.j2": source, "part.j2": "x\n{{ nothing_like_it }}\n"}
    with pytest.raises(Rendering) as caught:
        Renderer(files).render("main.j2", {"value": 1})
    found = caught.value.diagnostic
    assert (found.span.line, found.code, found.help) == (line, code, help)


@pytest.mark.parametrize(
    ("source", "column", "end"),
    [
        ("a: {{ valeu }}\n", 7, 12),
        ("a: {{ value.bit_lenght }}\n", 13, 23),
        ("{% for x of y %}{% endfor %}\n", 10, 12),
        ("{% include 'part.j3' %}\n", 13, 20),
        ("{{ valeu }} {{ valeu }}\n", 1, 0),  # which of the two is not known
    ],
)
def test_a_name_that_its_line_holds_once_is_shown(source: str, column: int, end: int) -> None:
    with pytest.raises(Rendering) as caught:
        Renderer({"main.j2": source}).render("main.j2", {"value": 1})
    span = caught.value.diagnostic.span
    assert (span.line, span.column, span.end_column) == (1, column, end)
