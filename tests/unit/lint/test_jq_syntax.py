from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestforge.lint.jq_syntax import fault_in


@pytest.mark.parametrize(
    "program",
    [
        "",
        ".",
        "-1 - .a",
        "..|.a?",
        ".[:2] | .[1:]",
        '.a."b c".["d"]',
        r'"x\(.a + "b\(.c)")y" # (',
        "{if: 1, and: 2, (.a): .b, $c, end}",
        "label $out | foreach .[] as $i (0; .+1; if . > 3 then ., break $out else . end)",
        r'. as {$a} ?// [$a] | @base64 "x\($a)"',
        'try error("x") catch . | $__loc__ | not',
        ".a |= .+1 | .b //= 2 | .c and .d or .e",
    ],
)
def test_a_program_is_one(program: str) -> None:
    assert fault_in(program) is None


@pytest.mark.parametrize(
    ("program", "fault"),
    [
        (".a['b']", "''' at position 3 means nothing there"),
        (".a && .b", "'&' at position 3 means nothing there"),
        ("map(.a", "')' is missing"),
        (".a]", "']' at position 2 is not expected"),
        (".[}", "'}' at position 2 is not expected"),
        ("| .a", "something is missing before '|' at position 0"),
        (".a | | .b", "something is missing before '|' at position 5"),
        ("f(;1)", "something is missing before ';' at position 2"),
        ("[.a,]", "']' at position 4 is not expected"),
        (".a ==", "something is missing at the end"),
        ('.a == "b', "the text at position 6 is not closed"),
        (r'"a\(.b"', "the text at position 6 is not closed"),
        ("if .a then 1 else 2", "each 'if' needs its own 'end'"),
    ],
)
def test_what_is_no_program_is_told_where(program: str, fault: str) -> None:
    assert fault_in(program) == fault


@given(st.text(alphabet='.a1 ()[]{}"\\|,;:?-$@#\n'))
def test_any_text_comes_to_an_end(program: str) -> None:
    assert isinstance(fault_in(program), str | None)
