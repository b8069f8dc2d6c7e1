"""What is said of a template that cannot be rendered."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from nestforge.assemble.renderer import SYNTAX, Renderer, Rendering
from nestforge.assemble.undefined_names import UnknownName


@dataclass(frozen=True)
class Ports:
    api: int = 8000
    engine: int = 8001

    @property
    def both(self) -> int:
        return self.api + self.engine


def text(key: str) -> str:
    if key == "title":
        return "Title"
    raise UnknownName(f"'{key}' is not in strings.yaml", "write it there")


CONTEXT = {"value": 1, "ports": Ports(), "images": {"vllm": 1}, "text": text}


def faults(files: dict[str, str]) -> list[tuple[str, int, str, str, str | None]]:
    """Return path, line, code, message and help of each finding."""
    with pytest.raises(Rendering) as caught:
        Renderer(files).render("main.j2", CONTEXT)
    return [(f.span.path, f.span.line, f.code, f.message, f.help) for f in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("source", "line", "code", "message", "help"),
    [
        ("a\n{{ valeu }}\n", 2, "R2001", "'valeu' is undefined", "did you mean 'value'?"),
        ("{{ nothing_like_it }}", 1, "R2001", "'nothing_like_it' is undefined",
         "the names here are images, ports, text, value"),
        ("a\n{{ ports.apii }}\n", 2, "R2001", "'ports' has no 'apii'", "did you mean 'api'?"),
        ("{{ ports.bot }}\n", 1, "R2001", "'ports' has no 'bot'", "did you mean 'both'?"),
        ("{{ ports.worker }}\n", 1, "R2001", "'ports' has no 'worker'", "'ports' has api, both, engine"),
        ("{{ images['vlm'] }}\n", 1, "R2001", "'images' has no 'vlm'", "did you mean 'vllm'?"),
        ("{{ value.unit }}\n", 1, "R2001", "'value' has no 'unit'", "see what it is read from, in service/"),
        ("{{ text('titel') }}\n", 1, "R2001", "'titel' is not in strings.yaml", "write it there"),
        ("{{ missing | tojson }}", 1, "R2001", "'missing' is undefined",
         "the names here are images, ports, text, value"),
        ("{{ range(valeu) | list }}", 1, "R2001", "'valeu' is undefined", "did you mean 'value'?"),
        ("{{ valeu | int + 1 }}", 1, "R2001", "'valeu' is undefined", "did you mean 'value'?"),
        ("{% if valeu > 1 %}{% endif %}", 1, "R2001", "'valeu' is undefined", "did you mean 'value'?"),
        ("a\n\n{% if %}\n", 3, "R2002", "Expected an expression, got 'end of statement block'", SYNTAX),
        ("a\n{{ 1 / 0 }}\n", 2, "R2002", "division by zero", SYNTAX),
        ("{{ text | tojson }}", 1, "R2002", "JSON has no function", SYNTAX),
        ("{% include 'part.j3' %}\n", 1, "R2003", "there is no file 'part.j3'", "did you mean 'part.j2'?"),
        ("a\n{{ ''.__class__.__mro__ }}\n", 2, "R2004",
         "access to attribute '__class__' of 'str' object is unsafe.",
         "a template may name what it is given, and call its functions"),
    ],
)  # fmt: skip
def test_a_fault_is_reported_at_its_line_in_the_words_of_the_template(
    source: str, line: int, code: str, message: str, help: str
) -> None:
    assert faults({"main.j2": source, "part.j2": ""}) == [("main.j2", line, code, message, help)]


@pytest.mark.parametrize(
    ("source", "column", "end"),
    [
        ("a: {{ valeu }}\n", 7, 12),
        ("a: {{ value.bit_lenght }}\n", 13, 23),
        ("{% for x of y %}{% endfor %}\n", 10, 12),
        ("{% include 'part.j3' %}\n", 13, 20),
        ("a: {{ text('titel') }}\n", 13, 18),
        ("{{ valeu }} {{ valeu }}\n", 1, 0),  # which of the two is not known
    ],
)
def test_a_name_that_its_line_holds_once_is_shown(source: str, column: int, end: int) -> None:
    with pytest.raises(Rendering) as caught:
        Renderer({"main.j2": source}).render("main.j2", CONTEXT)
    (found,) = caught.value.diagnostics
    assert (found.span.line, found.span.column, found.span.end_column) == (1, column, end)


def test_every_undefined_name_is_reported_once() -> None:
    main = """\
{{ one }} {{ text("title") }}
{% for item in two %}{{ item.x }}{% endfor %}
{{ text("three") }}
{% include "part.j2" %}
{% for number in range(3) %}
{{ ports.five + number }}
{% endfor %}
{{ one.more() }} {% if six == 1 %}{% endif %} {{ seven or 1 }} {{ eight is defined }} {{ nine | default(9) }}
"""
    found = faults({"main.j2": main, "part.j2": "\n{{ -four * 2 }}\n"})
    assert [(path, line, message) for path, line, _, message, _ in found] == [
        ("main.j2", 1, "'one' is undefined"),
        ("main.j2", 2, "'two' is undefined"),
        ("main.j2", 3, "'three' is not in strings.yaml"),
        ("part.j2", 2, "'four' is undefined"),
        ("main.j2", 6, "'ports' has no 'five'"),
        ("main.j2", 8, "'one' is undefined"),
        ("main.j2", 8, "'six' is undefined"),
        ("main.j2", 8, "'seven' is undefined"),
    ]


def test_a_template_that_includes_itself_is_told_at_the_include() -> None:
    assert faults({"main.j2": "a\n{% include 'main.j2' %}\n"}) == [
        ("main.j2", 2, "R2007", "'main.j2' includes itself", "take out this include, or put it in a condition")
    ]


def test_a_circle_of_includes_is_told_where_it_closes() -> None:
    files = {
        "main.j2": "{% include 'one.j2' %}",
        "one.j2": "\n{% include 'two.j2' %}",
        "two.j2": "\n\n{% include 'one.j2' %}",
    }
    (found,) = faults(files)
    assert found[:4] == ("two.j2", 3, "R2007", "'one.j2' includes itself, by way of two.j2")


def test_a_macro_without_end_is_told() -> None:
    (found,) = faults({"main.j2": "{% macro again() %}\n{{ again() }}{% endmacro %}\n{{ again() }}"})
    assert found[:4] == ("main.j2", 2, "R2007", "this calls itself without end")
