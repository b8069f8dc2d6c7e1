"""R8002."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from nestforge.lint.documents import documents
from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_IMAGE = re.compile(r"""!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*?\bsrc=["']([^"']+)""")


@rule("R8002")
def missing_image(package: Package) -> Iterator[Finding]:
    """A document shows an image that is not in the package.

    Bad:  ![Architecture](img/dual-esc.svg)
    Good: ![Architecture](img/dual-ecs.svg)
    """
    files = package.build.files
    for document in documents(package):
        for number, line in enumerate(document.lines, 1):
            for found in _IMAGE.finditer(line):
                written = found[1] or found[2]
                address = urlsplit(written)
                path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(address.path)))
                if not address.scheme and not address.netloc and path not in files:
                    help = did_you_mean(path, files)
                    yield Finding(document.place(number, written), f"the package has no file '{path}'", help)
