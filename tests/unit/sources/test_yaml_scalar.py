"""Tags and values are those that PyYAML gives, without asking it."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from nestforge.sources.compose import compose
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.yaml_scalar import LARGEST, scalar_value, tag_of

SIGNS = "0123456789+-._:eExXbBoOTtZzaAfFiInN /~<=!&*"
WORDS = ["yes", "no", "true", "false", "on", "off", "null", "y", "n", ".inf", ".nan", "<<", "0x", "0b", "2015-09-01"]
FORMS = st.one_of(
    st.text(SIGNS, max_size=12),
    st.sampled_from(WORDS).flatmap(lambda word: st.sampled_from([word, word.title(), word.upper(), f"-{word}"])),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(str),
    st.text(max_size=5),
)


@given(FORMS)
@example("")
@example(".")
@example("08")
@example("1.6.28")
@example("1:30")
@example("0bb3b857")
def test_a_scalar_without_quotes_has_the_tag_that_pyyaml_gives_it(text: str) -> None:
    assert tag_of(text) == yaml.resolver.Resolver().resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # of the stubs


@given(FORMS)
def test_a_scalar_has_the_value_that_pyyaml_gives_it(text: str) -> None:
    tag = tag_of(text)
    value = scalar_value(ScalarNode(tag, text))
    if tag.rpartition(":")[2] not in ("bool", "int", "float", "null"):
        assert value == text
        return
    try:
        wanted = yaml.SafeLoader("").construct_document(ScalarNode(tag, text))
    except ValueError:
        assert value == text
        return
    if isinstance(wanted, float) and not math.isfinite(wanted):
        wanted = text
    assert (type(value), value) == (type(wanted), wanted)


@pytest.mark.parametrize("text", [str(LARGEST * 10), "1" * 5000, "!!int abc", "!!bool maybe", "!!float x"])
def test_what_is_no_number_stays_text(text: str) -> None:
    node = compose(text)
    assert isinstance(node, ScalarNode)
    assert scalar_value(node) == text.rpartition(" ")[2]
