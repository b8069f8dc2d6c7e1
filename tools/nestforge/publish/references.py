"""What the definitions refer to, and putting it in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nestforge.publish.desired import ArtifactId, ArtifactRelease, FileUrl, Value

if TYPE_CHECKING:
    from nestforge.cloud.json_value import Json

Links = Mapping[str, tuple[str, str]]
"""Of each artifact, by its key: id and version."""


def files_of(value: Value) -> Iterator[str]:
    """Yield the names of the files that `value` refers to."""
    if isinstance(value, FileUrl):
        yield value.name
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from files_of(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from files_of(item)


def resolve(value: Value, urls: Mapping[str, str], links: Links) -> Json:
    """Return `value` with each reference replaced by what it is on the target."""
    if isinstance(value, FileUrl):
        return urls[value.name]
    if isinstance(value, ArtifactId):
        return links[value.key][0]
    if isinstance(value, ArtifactRelease):
        return links[value.key][1]
    if isinstance(value, Mapping):
        return {name: resolve(item, urls, links) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [resolve(item, urls, links) for item in value]
    return value


def urls_in(value: Json, names: Mapping[str, object]) -> dict[str, str]:
    """Return the URLs within `value` whose last part is one of `names`: these files are there already."""
    found: dict[str, str] = {}
    for text in _texts(value):
        name = file_name(text)
        if name in names:
            found[name] = text
    return found


def file_name(url: str) -> str:
    """Return the last part of a URL's path."""
    return url.partition("?")[0].rpartition("/")[2]


def artifacts_of(value: Value) -> Iterator[str]:
    """Yield the keys of the artifacts that `value` refers to."""
    if isinstance(value, ArtifactId):
        yield value.key
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from artifacts_of(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from artifacts_of(item)


def links_in(wanted: Value, actual: Json) -> dict[str, tuple[str, str]]:
    """Return the artifacts that `actual` names at the places where `wanted` refers to them."""
    links: dict[str, tuple[str, str]] = {}
    if isinstance(wanted, Mapping) and isinstance(actual, Mapping):
        identity = wanted.get("ArtifactId")
        if isinstance(identity, ArtifactId):
            links[identity.key] = (str(actual.get("ArtifactId") or ""), str(actual.get("ArtifactVersion") or ""))
        for name, item in wanted.items():
            links |= links_in(item, actual.get(name))
    return links


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        if "://" in value:
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _texts(item)
