"""The rendered documents, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.assemble.layout import document_path
from nestforge.lint.package import place_in_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestforge.lint.package import Package
    from nestforge.model.diagnostic import Span


@dataclass(frozen=True, slots=True)
class Document:
    """`place` turns a rendered line and a text on it into the author's."""

    path: str
    lines: list[str]
    place: Callable[[int, str], Span]


def documents(package: Package) -> Iterator[Document]:
    """Yield the service document in each language, where it could be rendered."""
    build = package.build
    for locale in build.project.service.locales:
        path = document_path(build.project.service, locale.id)
        if path in build.files:
            yield Document(path, build.files[path].decode().split("\n"), place_in_source(build, path))
