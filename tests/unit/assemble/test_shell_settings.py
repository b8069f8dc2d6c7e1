from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestforge.assemble.shell_settings import shell_word


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("host", "host"),
        ("a b", "a b"),
        ("$MASTER_IP:6379", "10.0.0.1:6379"),
        ("=$NIC", "=eth0"),
        ('say "$NIC" `id` \\', 'say "eth0" `id` \\'),
        ("", ""),
    ],
)
def test_a_word_reaches_the_command_with_its_names_filled_in(value: str, expected: str) -> None:
    script = f"MASTER_IP=10.0.0.1 NIC=eth0; printf %s {shell_word(value)}"
    assert subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout == expected


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0$"), max_size=40))
def test_a_word_without_names_is_itself(value: str) -> None:
    script = f"printf %s {shell_word(value)}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == value
