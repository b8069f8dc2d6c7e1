"""R7020."""

from __future__ import annotations

import re

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.kept import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.model.build import Build
    from nestforge.model.catalog import Argument, Variable

    Way = tuple[str | int, ...]

_USED = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
# How a shell gives a name a value: `NAME=…`, the header's `value NAME …`, read, for, printf -v.
_DEFINED = re.compile(
    r"(?:^|[\s;(&|])(?:([A-Za-z_]\w*)\+?=|value ([A-Za-z_]\w*)\s|for ([A-Za-z_]\w*) in\b|printf -v ([A-Za-z_]\w*)\b)"
)
_READ = re.compile(r"\b(?:read|mapfile|readarray)\b([^\n<;|&]*)")


@rule("R7020")
def undefined_variable_in_catalog(build: Build) -> Iterator[Finding]:
    """A `$NAME` in a catalog has a value nowhere on the node.

    The scripts stop at it (`set -u`), minutes after the buyer has paid.

    Bad:  {flag: --port, value: $ENGIN_PORT}
    Good: {flag: --port, value: $ENGINE_PORT}
    """
    defined = _defined(build)
    if not defined:
        return  # nothing was rendered
    for way, text in _values(build):
        for names in _USED.findall(text):
            name = names[0] or names[1]
            if name not in defined:
                message = f"'${name}' has a value neither in the header, nor in the engine's settings, nor in a script"
                yield Finding(
                    build.project.span(*way),
                    message,
                    did_you_mean(name, defined) or "write a variable that the scripts set before it",
                )


def _defined(build: Build) -> set[str]:
    """Return the names that the rendered templates, which hold header and settings, and the scripts define."""
    files, made = build.project.files, build.files
    texts = [files[path] for path in files if path.endswith(".sh")]
    rendered = [made[path].decode() for path in made if "/ros_templates/" in path]
    if not rendered:
        return set()
    result: set[str] = set()
    for text in texts + rendered:
        result |= _defined_in(text)
    return result


@kept
def _defined_in(text: str) -> set[str]:
    result = {name for names in _DEFINED.findall(text) for name in names if name}
    return result.union(name for words in _READ.findall(text) for name in re.findall(r"[A-Za-z_]\w*", words))


def _values(build: Build) -> Iterator[tuple[Way, str]]:
    """Yield what the catalogs have filled in on the node, each with its way."""
    service, catalog = build.project.service, build.project.catalog
    yield from _arguments(("service", "container", "arguments"), service.container.arguments)
    fabric = catalog.machine.fabric.environment
    yield from _arguments(("instance", catalog.machine.accelerator, "fabric", "environment"), fabric)
    for offered in catalog.engines:
        engine, head = offered.engine, ("engine", offered.id)
        yield from _arguments((*head, "environment"), engine.environment)
        yield from _arguments((*head, "head_arguments"), engine.head_arguments)
        yield from _arguments((*head, "join_arguments"), engine.join_arguments)
        yield from _arguments((*head, "serve_arguments"), engine.serve_arguments)


def _arguments(way: Way, arguments: Iterable[Argument | Variable]) -> Iterator[tuple[Way, str]]:
    for index, argument in enumerate(arguments):
        if argument.value is not None:
            yield (*way, index, "value"), argument.value
