"""The chart as a picture that is read by people and by screen readers."""

from __future__ import annotations

from xml.etree import ElementTree

from nestforge.capacity.chart import Line, chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*lines: Line, contexts: tuple[int, int] = (2048, 163_840), title: str = "Title") -> ElementTree.Element:
    return ElementTree.fromstring(chart(lines, contexts, title))


def points(path: ElementTree.Element) -> list[tuple[float, float]]:
    steps = path.attrib["d"].removeprefix("M").split(" L")
    return [(float(x), float(y)) for x, y in (step.split() for step in steps)]


def paths(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the lines themselves, without those of the legend."""
    return [one for one in root.iter(f"{SVG}path") if "line" in one.attrib.get("class", "") and " L" in one.attrib["d"]]


def test_it_says_what_it_shows() -> None:
    root = drawn(Line("one", 163_840, None), Line("two", 4096, 1))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "title desc"
    assert root.findtext(f"{SVG}title") == "Title"
    assert root.findtext(f"{SVG}desc") == (
        "one: 80 at 2,048 tokens, 1 at 163,840 tokens; two: 1 at 2,048 tokens, 0 at 163,840 tokens"
    )
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert {"context of each request, tokens", "requests at once", "one", "two", "2k", "128k", "64"} <= set(texts)


def test_a_line_falls_from_the_most_requests_to_one() -> None:
    (line,) = paths(drawn(Line("one", 163_840, None)))
    found = points(line)
    assert found == sorted(found)
    assert [y for _, y in found] == sorted(y for _, y in found)
    assert found[-1][1] == 440


def test_a_line_is_flat_as_long_as_the_engine_allows_no_more_and_bends_there() -> None:
    (line,) = paths(drawn(Line("one", 16_384 * 8, 8)))
    found = points(line)
    highest = found[0][1]
    level = [x for x, y in found if y == highest]
    width = 836 - 84
    assert level[-1] == round(84 + width * 3 / 6.321928, 1)


def test_a_line_ends_where_no_request_fits_and_nothing_is_drawn_of_an_empty_cache() -> None:
    short, none = drawn(Line("one", 8192, None)), drawn(Line("one", 100, None))
    assert points(paths(short)[0])[-1][0] < 836
    assert paths(none) == []
    assert paths(drawn()) == []


def test_one_context_alone_is_no_division_by_nothing() -> None:
    assert len(paths(drawn(Line("one", 8192, None), contexts=(2048, 2048)))) == 1


def test_names_are_text() -> None:
    hostile = '<script>alert(1)</script> & "x"'
    root = drawn(Line(hostile, 8192, None), title=hostile)
    assert root.findtext(f"{SVG}title") == hostile
    assert list(root.iter(f"{SVG}script")) == []
