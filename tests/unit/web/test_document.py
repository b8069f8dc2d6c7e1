"""A document in the page: it loads nothing, leads nowhere by itself, and holds no markup of its author's."""

from __future__ import annotations

import pytest

from nestforge.web.document import document

PICTURE = b"\x89PNG"


def html(text: str, **files: bytes) -> str:
    return document(
        "docs/index.md", text, "en-US", "d-", lambda path: files.get(path.replace("/", "_").replace(".", "_"))
    ).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b onclick=x>b</b>", "&lt;b onclick=x&gt;"),
        ("[a](https://example.com/)", '<a href="https://example.com/" rel="noopener noreferrer" target="_blank">'),
        ("[a](other.md)", '<a class="inert" title="other.md">'),
        ("[a](#the-form)", '<a href="#d-the-form">'),
        ("## The form", '<h4 id="d-the-form">'),
        ("###### Deep", '<h6 id="d-deep">'),
        ("![a](missing.png)", '<span class="no-picture">a (missing.png)</span>'),
        ("![a](https://example.com/a.png)", '<span class="no-picture">a (https://example.com/a.png)</span>'),
        ("```bash\n<x>\n```", '<pre class="code" tabindex="0" data-language="bash"><code>&lt;x&gt;\n</code></pre>'),
        ("|a|\n|-|\n|b|", '<div class="wide" tabindex="0"><table>'),
        ("---\ntitle: x\n---\ntext", "<p>text</p>"),
    ],
)
def test_what_is_written_becomes_what_is_shown(text: str, expected: str) -> None:
    assert expected in html(text)


def test_a_script_address_is_no_link() -> None:
    assert "<a" not in html("[a](javascript:alert(1))")


def test_a_picture_beside_the_document_is_put_into_it() -> None:
    assert '<img src="data:image/png;base64,iVBORw=="' in html("![a](img/a.png)", docs_img_a_png=PICTURE)


def test_a_picture_that_the_document_carries_is_shown_and_nothing_else_of_that_kind() -> None:
    for kind in ("svg+xml", "webp", "png"):
        assert f'<img src="data:image/{kind};base64,AAAA" alt="a"' in html(f"![a](data:image/{kind};base64,AAAA)")
    assert "<img" not in html("![a](data:text/html;base64,AAAA)")
    assert "href" not in html("[a](data:image/svg+xml;base64,AAAA)")


def test_the_same_heading_twice_has_two_names() -> None:
    found = html("# A\n# A")
    assert 'id="d-a"' in found
    assert 'id="d-a-1"' in found


def test_the_title_is_the_first_heading_or_the_path() -> None:
    assert document("docs/a.md", "text\n\n# The *title* `x`", "en-US", "d-", lambda path: None).title == "The title x"
    assert document("docs/a.md", "text", "en-US", "d-", lambda path: None).title == "docs/a.md"
