"""R8002."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from nestforge.lint import markdown
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8002")
def missing_image(package: Package) -> Iterator[Finding]:
    """A document shows an image that is not in the package.

    Bad:  ![Architecture](img/dual-ecs.svgz)
    Good: ![Architecture](img/dual-ecs.svg)
    """
    for path, text in package.documents:
        folder = posixpath.dirname(path)
        for image in markdown.images(text):
            address = urlsplit(image.address)
            if address.scheme or address.netloc or not address.path:
                continue
            target = posixpath.normpath(posixpath.join(folder, unquote(address.path)))
            if not package.files.has(target):
                end = image.column + len(image.address)
                span = Span(path, image.line, image.column, image.line, end)
                near = {posixpath.relpath(other, folder or ".") for other in package.files.beside(target)}
                help = did_you_mean(unquote(address.path), near)
                yield Finding(span, f"there is no image '{target}' in the package", help)
