"""R8005."""

from __future__ import annotations

from nestforge.lint.document_links import home_of, target_of
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8005", severity="warning")
def link_out_of_documents(package: Package) -> Iterator[Finding]:
    """A document links to a file outside of the folder of the documents, or shows it.

    Only that folder is made into pages: there the link leads nowhere.

    Bad:  [License](../LICENSE) in docs/index.md
    Good: [License](https://www.apache.org/licenses/LICENSE-2.0) in docs/index.md
    """
    for path, document in package.outlines.items():
        home = home_of(path)
        for address in (*document.links, *document.images) if home else ():
            target = target_of(address.address, path)
            if target and not target.startswith(f"{home}/"):
                message = f"'{address.address}' leads out of {home}/, which alone is published"
                yield Finding(address.span(path), message, "copy the file there, or give its address on the web")
