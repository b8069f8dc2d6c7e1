"""R7014."""

from __future__ import annotations

from nestforge.lint.continuations import cuts_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.line_places import place_in_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R7014", severity="warning")
def broken_continuation_in_script(build: Build) -> Iterator[Finding]:
    r"""A command in a script file ends where it was meant to go on in the next line.

    Bad:  docker run --detach \ # in the background
    Good: docker run --detach \
    """
    files = build.project.files
    for path in sorted(files):
        if path.endswith(".sh"):
            text = files[path]
            for cut in cuts_in(text):
                line = text.split("\n")[cut.line - 1]
                yield Finding(place_in_line(path, cut.line, line, cut.written), cut.message, cut.help)
