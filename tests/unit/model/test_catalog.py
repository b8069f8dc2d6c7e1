from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.own_project import own_build

from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from nestforge.model.catalog import OfferedEngine

PROJECT = own_build().project


@pytest.mark.parametrize("offered", PROJECT.catalog.engines, ids=lambda offered: offered.id)
def test_an_offered_engine_is_its_release_with_all_that_every_release_has(offered: OfferedEngine) -> None:
    release = offered.release
    assert offered.id == f"{offered.engine.id}-{release.version}"
    for added in ("serve_arguments", "dropped", "advisories"):
        own, whole = getattr(release, added), getattr(offered.engine, added)
        assert whole[len(whole) - len(own) :] == own
    assert offered.serves_on in ("master", "worker")


def test_a_value_has_its_place_or_that_of_what_is_around_it() -> None:
    spans = PROJECT.spans
    assert PROJECT.span("service", "icon") == spans["service", "icon"]
    assert PROJECT.span("service", "release", "tags", "no such tag") == spans["service", "release", "tags"]
    assert PROJECT.span("nothing", "like", "it") == Span("service/service.yaml", 1)
