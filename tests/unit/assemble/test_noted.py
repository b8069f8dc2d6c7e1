"""What a step looks at in a build is noted, down to the single fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT

from nestforge.assemble.noted import digest, noted
from nestforge.model.build import Build
from nestforge.model.dataclass import replace
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.model.catalog import Model
    from nestforge.sources.memo import Question

    Look = Callable[[Build], object]


@pytest.fixture(scope="module")
def build() -> Build:
    return Build(load_project(ROOT), "inputs")


def with_first_model(build: Build, change: Callable[[Model], Model]) -> Build:
    catalog = build.project.catalog
    changed = (change(catalog.models[0]), *catalog.models[1:])
    return replace(build, project=replace(build.project, catalog=replace(catalog, models=changed)))


def another_figure(build: Build) -> Build:
    return with_first_model(
        build, lambda model: replace(model, performance=replace(model.performance, stated_qps=12345))
    )


def one_model_more(build: Build) -> Build:
    catalog = build.project.catalog
    more = replace(catalog, models=(*catalog.models, catalog.models[0]))
    return replace(build, project=replace(build.project, catalog=more))


def without_architecture(build: Build) -> Build:
    return with_first_model(build, lambda model: replace(model, architecture=None))


def sees(look: Look, build: Build, other: Build) -> bool:
    """Return whether a step that looks at `build` would find something else in `other`."""
    notes: set[Question] = set()
    look(noted(build, notes))
    return any(digest(build, note) != digest(other, note) for note in notes)


@pytest.mark.parametrize(
    ("look", "change", "expected"),
    [
        (lambda build: build.project.catalog.models[0].performance.stated_qps, another_figure, True),
        (lambda build: build.project.catalog.models[0].image.token, another_figure, False),
        (lambda build: build.project.catalog.models[0] == build.project.catalog.models[1], another_figure, True),
        (lambda build: {build.project.catalog.models[0].performance}, another_figure, True),
        (lambda build: f"{build.project.catalog.models[0]}", another_figure, True),
        (lambda build: [model.id for model in build.project.catalog.models], another_figure, False),
        (lambda build: [model.id for model in build.project.catalog.models], one_model_more, True),
        (lambda build: build.project.service.version_name, one_model_more, False),
        (lambda build: build.project.catalog.models[0].architecture is None, without_architecture, True),
        (lambda build: getattr(build.project.catalog.models[0].architecture, "source", ""), without_architecture, True),
    ],
    ids=["figure", "other fact", "equal", "hash", "repr", "ids", "one more", "service", "nothing there", "not reached"],
)
def test_what_a_step_looks_at_decides_whether_it_is_done_again(
    build: Build, look: Look, change: Callable[[Build], Build], expected: bool
) -> None:
    assert sees(look, build, change(build)) is expected


def test_what_is_looked_at_is_what_is_there(build: Build) -> None:
    seen = noted(build, set())
    catalog, service = seen.project.catalog, seen.project.service
    assert catalog.models == build.project.catalog.models
    assert hash(catalog.models[0].license) == hash(build.project.catalog.models[0].license)
    assert repr(service.cluster) == repr(build.project.service.cluster)
    assert [offered.serves_on for offered in catalog.engines] == [
        offered.serves_on for offered in build.project.catalog.engines
    ]
