"""Compare what is wanted with what a target answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.publish.desired import ArtifactId, ArtifactRelease, FileUrl, Value
from nestforge.publish.references import Links, file_name

if TYPE_CHECKING:
    from nestforge.cloud.json_value import Json

UNKNOWN_UNTIL_BUILT = "known when it is built"

_KEYED_BY_USER = (
    "Parameters",
    "ArtifactRelation",
    "FileArtifactRelation",
    "AcrImageArtifactRelation",
    "HelmChartArtifactRelation",
)
"""Maps whose keys are ours: one more on the other side is a difference. Elsewhere it is the cloud's addition."""

_NAMED_BY = {"ServiceInfo": "Locale", "TemplateConfigs": "Name", "SupplierTemplateConfigs": "Name"}
"""Lists whose entries have a name: their order means nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its place, what is there, what shall be there."""

    field: str
    before: str
    after: str

    @property
    def top(self) -> str:
        """Return the field of the request that it belongs to."""
        return self.field.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.field}: {self.before or '(nothing)'} -> {self.after or '(nothing)'}"


def differences(wanted: Mapping[str, Value], actual: Mapping[str, Json], links: Links) -> tuple[Difference, ...]:
    """Return where `actual` is not what is `wanted`.

    A file is the same where the URL ends in its content-addressed name; an artifact where `links` has it.
    """
    return tuple(d for name, value in wanted.items() for d in _compare(name, name, value, actual.get(name), links))


def _compare(place: str, name: str, wanted: Value, actual: Json, links: Links) -> Iterator[Difference]:
    if isinstance(wanted, FileUrl):
        there = file_name(actual) if isinstance(actual, str) else ""
        if there != wanted.name:
            yield Difference(place, there, wanted.name)
    elif isinstance(wanted, ArtifactId | ArtifactRelease):
        linked = links.get(wanted.key)
        expected = linked[isinstance(wanted, ArtifactRelease)] if linked else UNKNOWN_UNTIL_BUILT
        if actual != expected:
            yield Difference(place, _show(actual), expected)
    elif isinstance(wanted, Mapping):
        yield from _compare_maps(place, name, wanted, actual if isinstance(actual, Mapping) else {}, links)
    elif isinstance(wanted, Sequence) and not isinstance(wanted, str):
        yield from _compare_lists(place, name, wanted, actual if isinstance(actual, list | tuple) else [], links)
    elif wanted != actual and not (_is_empty(wanted) and _is_empty(actual)):
        yield Difference(place, _show(actual), _show(wanted))


def _compare_maps(
    place: str, name: str, wanted: Mapping[str, Value], actual: Mapping[str, Json], links: Links
) -> Iterator[Difference]:
    for key, item in wanted.items():
        yield from _compare(f"{place}.{key}", key, item, actual.get(key), links)
    if name in _KEYED_BY_USER:
        for key in actual:
            if key not in wanted:
                yield Difference(f"{place}.{key}", _show(actual[key]), "")


def _compare_lists(
    place: str, name: str, wanted: Sequence[Value], actual: Sequence[Json], links: Links
) -> Iterator[Difference]:
    key = _NAMED_BY.get(name)
    if key is not None:
        there = {str(entry.get(key)): entry for entry in actual if isinstance(entry, Mapping)}
        named = {str(entry.get(key)): entry for entry in wanted if isinstance(entry, Mapping)}
        for label, entry in named.items():
            yield from _compare(f"{place}.{label}", "", entry, there.get(label), links)
        for label in there:
            if label not in named:
                yield Difference(f"{place}.{label}", label, "")
        return
    for index in range(max(len(wanted), len(actual))):
        at = f"{place}.{index + 1}"
        if index >= len(wanted):
            yield Difference(at, _show(actual[index]), "")
        else:
            yield from _compare(at, "", wanted[index], actual[index] if index < len(actual) else None, links)


def _is_empty(value: object) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _show(value: object) -> str:
    return "" if value is None else str(value)
