"""R9033."""

from __future__ import annotations

from nestforge.lint.downloads import piped_downloads
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R9033", severity="warning")
def piped_plain_download_in_file(package: Package) -> Iterator[Finding]:
    """A file of the package runs in a shell what it downloads without encryption.

    The build of an image runs it, or whoever follows the document.

    Bad:  curl http://get.example.com/install.sh | bash, in the build of an image
    Good: curl -fsSLo install.sh https://…/1.2.3/install.sh && sha256sum -c install.sha256 && bash install.sh
    """
    templates = {template.path for template in package.templates}
    for path, text in package.files.texts():
        if path in templates:
            continue
        for found in piped_downloads(text):
            if found.is_plain:
                message = f"what {found.address} answers is run, whoever answers"
                yield Finding(Span(path, found.line, found.column), message, "download it through https")
