"""R7056."""

from __future__ import annotations

from nestforge.assemble.reference_script import functions_of, library_functions, own_lines
from nestforge.lint.engine import Finding, rule
from nestforge.lint.library_calls import calls_in
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build

_ROLES = ("master", "worker")


@rule("R7056")
def library_call_in_document(build: Build) -> Iterator[Finding]:
    """A script that the service document shows calls a function of scripts/lib inside another command.

    The document leaves out calls that stand alone at the beginning of a line. One that is indented, or part of
    another command, stays in it: a reader who runs it is told that there is no such command.

    Bad:  if true; then wait_for 600 'the Ray head' ray_answers; fi
    Good: wait_for 600 'the Ray head' ray_answers
    """
    files = build.project.files
    library = library_functions(files)
    engines = dict.fromkeys(offered.engine.id for offered in build.project.catalog.engines)
    for path in (f"scripts/{engine}/{role}.sh" for engine in engines for role in _ROLES):
        lines = own_lines(files.get(path, ""), library)
        text = "\n".join(line for _, line in lines)
        missing = library - set(functions_of(text))
        for call in calls_in(text):
            if call.text in missing:
                message = f"the service document shows this line, and has no function '{call.text}'"
                help = "call it on a line of its own, not indented: the document leaves such a line out"
                yield Finding(Span(path, lines[call.line - 1][0]), message, help)
