"""The table of differences: each row can be applied, and says why it is there."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.own_project import ROOT

from nestforge.rehearse.engine.command_line import table_of
from nestforge.rehearse.engine.container_images import pins
from nestforge.rehearse.engine.differences import ADD, DIFFERENCES, GONE, PER_HOST, Difference
from nestforge.sources.project import load_project

GIVEN = [row for row in DIFFERENCES if row.what.startswith("--") and row.action != ADD]


def test_each_row_has_a_reason_and_stands_once() -> None:
    assert all(row.reason for row in DIFFERENCES)
    assert set(Counter((row.program, row.what) for row in DIFFERENCES).values()) == {1}


@pytest.mark.parametrize("row", GIVEN, ids=lambda row: f"{row.program} {row.what}")
def test_each_flag_that_is_changed_is_one_of_every_release_that_is_offered(row: Difference) -> None:
    for offered in load_project(ROOT).catalog.engines:
        pinned = pins(" ".join(offered.release.packages))
        if row.program in pinned:
            assert row.what in table_of(row.program, pinned[row.program]).by_name


@pytest.mark.parametrize("row", DIFFERENCES, ids=lambda row: f"{row.program} {row.what}")
def test_what_adds_a_variable_has_a_value_and_what_divides_has_none(row: Difference) -> None:
    if row.action == ADD and row.what.startswith("$"):
        assert row.value
    if row.action == PER_HOST or row.what == GONE:
        assert not row.value
