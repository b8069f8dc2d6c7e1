"""R7057."""

from __future__ import annotations

from nestforge.assemble.reference_script import functions_of, library_functions
from nestforge.lint.engine import Finding, rule
from nestforge.lint.library_calls import calls_in
from nestforge.model.diagnostic import Span
from nestforge.model.near_miss import slip_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build

_SHORTEST = 6
"""Shorter names are too near to those of programs: `fail` to `tail`, `note` to `node`."""


@rule("R7057", severity="warning")
def mistyped_library_call(build: Build) -> Iterator[Finding]:
    """A script calls a function of scripts/lib by a name that is one slip of a finger beside it.

    The node finds out when it comes to that line, and the document shows the line as a command.

    Bad:  prepare_nod
    Good: prepare_node
    """
    files = build.project.files
    library = library_functions(files)
    candidates = {name for name in library if len(name) >= _SHORTEST}
    for path in sorted(files):
        if not path.endswith(".sh"):
            continue
        text = files[path]
        known = library | set(functions_of(text))
        for call in calls_in(text):
            meant = None if call.text in known else slip_of(call.text, candidates)
            if meant is not None:
                message = f"there is no function '{call.text}' in scripts/lib"
                yield Finding(Span(path, call.line), message, f"did you mean '{meant}'?")
