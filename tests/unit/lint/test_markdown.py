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


def test_headings_are_found_in_every_form_and_nowhere_else() -> None:
    text = (
        "---\ntitle: x\n---\n# One #\nTwo\n---\n\n---\n#no\n    # code\n```\n# code\n```\n"
        "<!-- # no\n# no -->\n### `a_b` [c](d) **e** {#own}\n- item\n---\n| a |\n|---|\n"
    )
    found = outline(text)
    assert [(h.line, h.level, h.text) for h in found.headings] == [
        (4, 1, "One"),
        (5, 2, "Two"),
        (16, 3, "`a_b` [c](d) **e**"),
    ]
    assert found.tables == [20]
    assert {"own", "one", "two", "a_b-c-e"} <= found.anchors


def test_headings_of_one_text_have_anchors_of_both_renderers() -> None:
    assert outline("# 部署 Logs!\n# 部署 Logs!\n").anchors == {"部署-logs", "部署-logs-1", "部署-logs_1"}


def test_links_are_found_outside_of_code() -> None:
    text = '[a](b.md "t") `[c](d)` [![i](i.png)](e.md) <a href="f.md">\n[g]: <h.md>\n[x](y(z).md)\n'
    found = outline(text)
    assert sorted(link.address for link in found.links) == ["b.md", "e.md", "f.md", "h.md", "y(z).md"]
    assert [image.address for image in found.images] == ["i.png"]
    assert [(link.line, link.column) for link in found.links][:1] == [(1, 5)]


def test_a_block_in_a_list_is_read_without_its_indentation() -> None:
    block = outline("1. x\n   ```Bash title=y\n   cat <<E\n     a\n   E\n   ```\n").blocks[0]
    assert (block.line, block.language, block.text) == (3, "bash", "cat <<E\n  a\nE")


def test_a_block_in_a_quotation_is_read_without_its_signs_and_ends_with_it() -> None:
    found = outline("> 1. x\n>    ```bash\n>    echo > a\n>    ```\n> > ```sh\n> > ls\n# after\n```\nb\n```\n")
    assert [(block.line, block.text) for block in found.blocks] == [(3, "echo > a"), (6, "ls"), (9, "b")]
    assert ([heading.text for heading in found.headings], found.unclosed) == (["after"], None)


def test_a_quotation_s_fence_at_the_end_of_a_document_is_closed_by_it() -> None:
    assert outline("> ```\n> a").unclosed is None
