"""R6110."""

from __future__ import annotations

import posixpath

from nestforge.lint.config import path_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints
from nestforge.lint.named_files import named_files, said_missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6110")
def missing_named_file(package: Package) -> Iterator[Finding]:
    """config.yaml names a file that is not in the package.

    The import ends there: templates, diagrams and icons are uploaded first.

    Bad:  Url: ros_templates/tempalte.yaml
    Good: Url: ros_templates/template.yaml
    """
    if package.config is None:
        return
    hints = Hints()
    for part in named_files(package.config):
        path = path_of(part.text, posixpath.dirname(package.config.path))
        if path and not package.files.has(path):
            yield Finding(part.span, *said_missing(path, package.config, package.files, hints))
