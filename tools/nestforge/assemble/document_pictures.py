"""The pictures of a document, as its templates ask for them."""

from __future__ import annotations

import posixpath

from nestforge.assemble.layout import document_path, document_picture_path
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.project import pictures_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.project import Project


class DocumentPictures:
    """Gives the document of a language the addresses of its pictures; `asked` are the sources by place."""

    def __init__(self, project: Project, locale: str) -> None:
        self.project = project
        self.locale = locale
        self.asked: dict[str, str] = {}

    def address(self, name: str) -> str:
        """Return how the document names a picture; one that is not there is an undefined name to the template."""
        folder = pictures_folder(self.locale)
        known = [path.removeprefix(f"{folder}/") for path in self.project.binaries if path.startswith(f"{folder}/")]
        if name not in known:
            from nestforge.assemble.undefined_names import UnknownName  # loads Jinja2, which is there already

            raise UnknownName(f"'{name}' is not in {folder}", did_you_mean(name, known) or "put the picture there")
        place = document_picture_path(self.project.service, name, self.locale)
        self.asked[place] = f"{folder}/{name}"
        return posixpath.relpath(place, posixpath.dirname(document_path(self.project.service, self.locale)))
