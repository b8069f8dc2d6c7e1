"""R9026."""

from __future__ import annotations

from nestforge.lint.credentials import credentials_in
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R9026")
def credential_in_file(package: Package) -> Iterator[Finding]:
    """A file of the package, other than a template, has a credential in it.

    The package goes to everyone who deploys the service. Taking it out is not enough: make it invalid as well.

    Bad:  an AccessKey in config.yaml
    Good: `${AccessKeyId}`, given when the service is published
    """
    templates = {template.path for template in package.templates}
    for path, text in package.files.texts():
        if path in templates:
            continue
        for found in credentials_in(text):
            span = Span(path, found.line, found.column, found.line, found.column + found.length)
            yield Finding(span, f"here is {found.kind}: {found.shown}", "make it invalid, and take it out")
