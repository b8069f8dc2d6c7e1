from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nestforge.lint.command_text import MASK
from nestforge.lint.shell_quotes import around
from nestforge.lint.shell_words import simple_commands


def words(text: str) -> list[list[str]]:
    return [[word.text for word in command] for command in simple_commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]),
        ("a && b | c; d # e f\ng", [["a"], ["b"], ["c"], ["d"], ["g"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("a \\ # b", [["a", " #", "b"]]),
        ("a $B ${C:-d e} x$F", [["a", MASK, MASK, f"x{MASK}"]]),
        ("a $(b 'c )' d) e", [["a", MASK, "e"], ["b", "c )", "d"]]),
        ("a `b c` $ d", [["a", MASK, "$", "d"], ["b", "c"]]),
        ("a >b 2>&1 c <d &>e", [["a", "c"]]),
        ("cat <<'END' >f\nb c\nEND\nd", [["cat"], ["b", "c"], ["d"]]),
        ("a <<<b c", [["a", "c"]]),
        ("a 'never closed", [["a", "never closed"]]),
        ("a $(never closed", [["a", MASK], ["never", "close"]]),
    ],
)
def test_a_text_is_read_as_bash_reads_it(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_a_word_knows_its_line_and_what_a_shell_inside_would_read() -> None:
    (command,) = simple_commands('bash -c "run $A \\\n  \\"b\\"" \\\n  end')
    assert [word.line for word in command] == [1, 1, 1, 3]
    assert command[2].inside == f'run {MASK} \\\n  "b"'


def test_what_may_be_any_number_of_words_is_open() -> None:
    (command,) = simple_commands('a $B "$C" "$@" "${D[@]}" /e/$F')
    assert [word.is_open for word in command] == [False, True, False, True, True, False]


def test_quotes_comments_and_here_documents_stand_around_a_place() -> None:
    text = "_ '_' \"_'_\" \\'_ # it's _\n<<E cat _\n_ '\nE\n_ <<'F'\n_\nF\n_"
    places = [at for at, sign in enumerate(text) if sign == "_"]
    assert around(text, places) == ["", "'", '"', '"', "", "#", "", "<<", "", "<<'", ""]


def test_a_shift_of_bits_begins_no_here_document() -> None:
    assert around("a=$((1 << 30))\nb", [15]) == [""]
    assert around("a=$((1 << N))\nb", [14]) == [""]
    assert words("((a = 1 << 30))\nb c")[-1] == ["b", "c"]
    assert words("((a = 1 << (N + 1)))\nb c") == [["b", "c"]]
    assert words('a $((1 << N)) "$((1 << N))"\nb c') == [["a", MASK, MASK], ["b", "c"]]
    assert words("((a) <<N)\nb\nN\nc") == [["a"], ["b"], ["c"]]


@given(st.text(alphabet="a \n\\'\"$`(){}<>#;&|E=-", max_size=80))
@example("<<E\\")
def test_any_text_comes_to_an_end(text: str) -> None:
    lines = text.count("\n") + 1
    assert all(1 <= word.line <= lines for command in simple_commands(text) for word in command)
    assert len(around(text, range(len(text)))) == len(text)


def test_a_text_is_read_once_whether_its_first_line_is_named_or_not() -> None:
    text = "docker run --name once image"
    assert simple_commands(text) is simple_commands(text, 1)
