from __future__ import annotations

import pytest

from nestforge.lint.markdown import outline


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n```bash\nb\n```\n", None),
        ("a\n```bash\nb\n", 2),
        ("```\n````\n", None),
        ("````\n```\n", 1),
        ("~~~\n```\n~~~\n", None),
        ("```a\n```b\n```\n", None),
        ("inline ```x``` only\n", None),
        ("```x``` at the start\n", None),
        ("   ```\n   ```\n", None),
    ],
)
def test_a_fence_is_closed_by_as_many_of_its_own_signs(text: str, line: int | None) -> None:
    assert outline(text).unclosed == line


def test_images_are_found_outside_of_fences() -> None:
    text = '![a](img/a.svg) <img width="1" src="b.png">\n```\n![c](c.png)\n```\n![d](<d.png> "title")\n'
    assert [(i.line, i.column, i.address) for i in outline(text).images] == [
        (1, 6, "img/a.svg"),
        (1, 37, "b.png"),
        (5, 7, "d.png"),
    ]
