"""R7054."""

from __future__ import annotations

from nestforge.lint.catalog_starts import catalog_starts
from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_nodes import disagreements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R7054", severity="warning")
def engine_flag_on_one_node_in_catalog(build: Build) -> Iterator[Finding]:
    """A catalog starts SGLang or Ray on one node without an argument that it gives on the other.

    What both nodes need belongs to `serve_arguments`, or to `head_arguments` and `join_arguments` alike.

    Bad:  head_arguments with --nnodes, join_arguments without
    Good: serve_arguments with --nnodes
    """
    found = list(catalog_starts(build))
    for offered in dict.fromkeys(each.offered.id for each in found):
        own = [each for each in found if each.offered.id == offered]
        yield from disagreements((each.start, each.spans[0]) for each in own)
