"""The pictures of a document, as its templates ask for them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from nestforge.assemble.layout import document_path, document_picture_path
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.project import pictures_folder

if TYPE_CHECKING:
    from nestforge.model.project import Project


class DocumentPictures:
    """Gives the document of a language the addresses of its pictures; `files` are those that it asked for."""

    def __init__(self, project: Project, locale: str) -> None:
        self.project = project
        self.locale = locale
        self.files: dict[str, bytes] = {}

    def address(self, name: str) -> str:
        """Return how the document names a picture; one that is not there is an undefined name to the template."""
        folder, pictures = pictures_folder(self.locale), self.project.binaries
        if (source := f"{folder}/{name}") not in pictures:
            known = [path.removeprefix(f"{folder}/") for path in pictures if path.startswith(f"{folder}/")]
            from nestforge.assemble.undefined_names import UnknownName  # loads Jinja2, which is there already

            raise UnknownName(f"'{name}' is not in {folder}", did_you_mean(name, known) or "put the picture there")
        place = document_picture_path(self.project.service, name, self.locale)
        self.files[place] = pictures[source]
        return posixpath.relpath(place, posixpath.dirname(document_path(self.project.service, self.locale)))
