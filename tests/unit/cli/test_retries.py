from __future__ import annotations

from argparse import Namespace

import pytest

from nestforge.cli.retries import tell_of_retries


@pytest.mark.parametrize(
    ("quiet", "json", "said"),
    [(False, False, "trying again in 1 s\n"), (True, False, ""), (False, True, "")],
    ids=["person", "quiet", "script"],
)
def test_a_person_hears_why_it_takes_longer(
    quiet: bool, json: bool, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_of_retries(Namespace(quiet=quiet, json=json))("trying again in 1 s")
    assert capsys.readouterr() == ("", said)
