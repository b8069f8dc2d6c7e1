from __future__ import annotations

from nestforge.assemble.renderer import Renderer
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
