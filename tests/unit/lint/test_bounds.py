from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nestforge.lint.bounds import admits_ascii_only, attribute_bound, parameter_bound
from nestforge.sources.compose import compose
from nestforge.sources.nodes import entries

ASCII_ONLY = [
    "^[A-Za-z0-9_-]{16,64}$",
    "^([A-Za-z0-9_-]{16,64})?$",
    "^$|^(?!/)(?:(?=.*[a-z])(?=.*[^A-Z0-9]))[A-Za-z0-9_&:;<>,=%`~!@#()$^*+|{}.?/-]{8,30}$",
    r"^((?:(?:25[0-5]|1?[0-9])\.){3}[0-9]/(?:3[0-2]|[12]?[0-9]))?$",
]
ANYTHING = [
    None,
    ".*",
    "^.+$",
    "[a-z]+",
    "^[^/]+$",
    r"^\w+$",
    r"^[\w-]+$",
    "^[a-z]$|x.",
    "^(?=[a-z]).$",
    "^[a-zé]$",
    "^\\S$",
]


@pytest.mark.parametrize("pattern", ASCII_ONLY)
def test_a_pattern_of_ascii_sets_admits_ascii_only(pattern: str) -> None:
    assert admits_ascii_only(pattern)


@pytest.mark.parametrize("pattern", ANYTHING)
def test_any_other_pattern_may_admit_anything(pattern: str | None) -> None:
    assert not admits_ascii_only(pattern)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([pattern for pattern in ASCII_ONLY if "(?!" not in pattern]), st.data())
def test_what_such_a_pattern_matches_is_ascii(pattern: str, data: st.DataObject) -> None:
    value = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    assert value.rstrip("\n").isascii()


@pytest.mark.parametrize(
    ("parameter", "bound"),
    [
        ("{Type: String, AllowedValues: [a, 模型, ccc]}", 6),
        ("{Type: String, MaxLength: 10}", 40),
        ("{Type: String, MaxLength: '10', AllowedPattern: '^[a-z]*$'}", 10),
        ("{Type: String}", None),
        ("{Type: Boolean}", 5),
        ("{Type: Number, MinValue: 1, MaxValue: 9}", 24),
        ("{Type: Number, MinValue: 1}", None),
        ("{Type: Number, AllowedValues: [1, 36]}", 2),
        ("{Type: Json, MaxLength: 3}", None),
        ("{Type: CommaDelimitedList}", None),
    ],
)
def test_the_longest_value_of_a_parameter(parameter: str, bound: int | None) -> None:
    node = compose(parameter)
    assert node is not None
    assert parameter_bound(node) == bound


def test_the_longest_value_of_an_attribute() -> None:
    properties = entries(compose("{length: 40}"))
    assert attribute_bound("ALIYUN::RandomString", "value", properties) == 40
    assert attribute_bound("ALIYUN::RandomString", "value", {}) == 32
    assert attribute_bound("ALIYUN::ECS::InstanceGroup", "PrivateIps", {}) == 15
    assert attribute_bound(None, "Whatever", {}) == 64
