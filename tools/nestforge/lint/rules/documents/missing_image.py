"""R8002."""

from __future__ import annotations

from nestforge.lint.document_links import is_of_the_site, near_file, target_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8002")
def missing_image(package: Package) -> Iterator[Finding]:
    """A document shows an image that is not in the package.

    Bad:  ![Architecture](img/dual-ecs.svgz)
    Good: ![Architecture](img/dual-ecs.svg)
    """
    hints = Hints()
    for path, document in package.outlines.items():
        for image in document.images:
            target = target_of(image.address, path)
            if target and not is_of_the_site(target, path) and not package.files.has(target):
                help = near_file(target, path, package.files, hints) or "add the file, or take the image out"
                yield Finding(image.span(path), f"there is no image '{target}' in the package", help)
