"""R7052."""

from __future__ import annotations

from nestforge.lint.catalog_starts import catalog_starts
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R7052", severity="info")
def release_without_flag_table(build: Build) -> Iterator[Finding]:
    """The service offers a release of vLLM, SGLang or Ray whose flags are not known here.

    Its arguments were compared with those of other releases only.

    Bad:  version: 0.8.3
    Good: version: 0.8.5.post1
    """
    from nestforge.lint.engine_flags import tables

    for found in catalog_starts(build):
        engine, version = found.start.engine, found.start.version
        known = [table.version for table in tables(engine)]
        if version is not None and version not in known:
            span = build.project.span("engine", found.offered.id, "version")
            message = f"there is no table of the flags of {engine} {version}, only of {', '.join(map(str, known))}"
            yield Finding(span, message, "add it to tools/checks/engine_flags/versions.txt and run `make engine-flags`")
