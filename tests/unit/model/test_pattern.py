"""A regular expression that is kept is the one that `re` compiles."""

from __future__ import annotations

import re
import sys

import pytest

from nestforge.model import pattern as patterns


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, empty in (("KEPT", {}), ("MISSED", set()), ("_LOADED", set())):
        monkeypatch.setattr(patterns, name, empty)
    patterns._compiled.cache_clear()


@pytest.mark.parametrize(
    "written",
    ["", "a+b", r"(?i)\bpassword$|密码$", r"(?x) (?P<one> \d ) # a digit\n (?P<two> [^\W_]{2,} )?", "(?ms)^.*?(?<!a)$"],
)
def test_the_kept_form_makes_the_same_expression(written: str) -> None:
    patterns.pattern(written)
    patterns.KEPT.update(patterns.to_keep())
    made, wanted = patterns._compiled(written), re.compile(written)
    assert made == wanted
    assert (made.flags, made.groups, made.groupindex) == (wanted.flags, wanted.groups, wanted.groupindex)
    assert not patterns.MISSED


@pytest.mark.parametrize("kept", [b"", b"N", b"[\0\0\0\0", b"\xff" * 9], ids=repr)
def test_what_is_damaged_is_compiled_anew(kept: bytes) -> None:
    patterns.KEPT["a(b)"] = kept
    found = patterns.pattern("a(b)").search("ab")
    assert found is not None
    assert found[1] == "b"
    assert {"a(b)"} == patterns.MISSED


def test_nothing_is_kept_where_re_is_made_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.pattern("a")
    monkeypatch.setitem(sys.modules, "re._compiler", None)
    monkeypatch.delattr(re, "_compiler")
    assert patterns.to_keep() == {}
