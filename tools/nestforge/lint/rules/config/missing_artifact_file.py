"""R6111."""

from __future__ import annotations

import posixpath

from nestforge.lint.config import path_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints
from nestforge.lint.named_files import artifact_files, said_missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6111", severity="warning")
def missing_artifact_file(package: Package) -> Iterator[Finding]:
    """config.yaml names a file to make an artifact of, and the file is not in the package.

    It may be made before the import; where it is not, the artifact is not made either.

    Bad:  HelmChartPath: resources/charts/demo-0.1.0.tgz, and only demo-0.1.1.tgz is there
    Good: HelmChartPath: resources/charts/demo-0.1.1.tgz
    """
    if package.config is None:
        return
    folder = posixpath.dirname(package.config.path)
    hints = Hints()
    for part in artifact_files(package.config):
        path, from_root = path_of(part.text, folder), path_of(part.text, "")
        is_folder = part.text.endswith("/") or package.files.is_folder(path)
        if path and (is_folder or path in (".", folder)):
            yield Finding(part.span, f"'{part.text}' is a folder, expected a file", "name the file, or pack the folder")
        elif path and not package.files.has(path) and not package.files.has(from_root):
            yield Finding(part.span, *said_missing(path, package.config, package.files, hints))
