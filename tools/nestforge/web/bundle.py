"""Put an ES module and all that it imports into one script, for a page that loads nothing.

A module is plain JavaScript whose imports and exports begin a line: `import { a, b } from "./x.js";`, and
`export` before a function, a class or a constant. Each keeps a scope of its own in the script.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from nestforge.model.errors import NestforgeError

STATIC = Path(__file__).parent / "static"
"""Where our modules are."""

_STATEMENT = re.compile(r"(?:import|export)\b")
_IMPORT = re.compile(r'import \{ (?P<names>\w+(?:, \w+)*) \} from "(?P<path>\.\.?/[\w./-]+\.js)";')
_EXPORT = re.compile(r"export (?=(?:(?:async )?function\*? |class |const )(?P<name>\w+))")
_ENDS_SCRIPT = re.compile(r"</script|<!--", re.IGNORECASE)


class CannotBundle(NestforgeError):
    """A module is written in a way that the bundle does not take."""

    def __init__(self, path: Path, line: int, problem: str, help: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}", help=help)


class _Module(NamedTuple):
    variable: str
    exports: list[str]
    text: str


def bundle(entry: Path) -> str:
    """Return the script that does what loading the module `entry` would do.

    Raises CannotBundle where an import leads to no file, to a name that is not exported, or around in a circle,
    and where a module has what would end a script element.
    """
    modules: dict[Path, _Module] = {}
    _add(entry.resolve(), modules, ())
    return '(() => {\n"use strict";\n' + "".join(module.text for module in modules.values()) + "})();\n"


def _add(path: Path, modules: dict[Path, _Module], waiting: tuple[Path, ...]) -> None:
    """Add a module, behind those that it imports."""
    source = path.read_text(encoding="utf-8")
    exports: list[str] = []
    lines: list[str] = []
    for number, line in enumerate(source.split("\n"), 1):
        if found := _ENDS_SCRIPT.search(line):
            raise CannotBundle(path, number, f"`{found[0]}` would end the script", r"write a backslash into it: `<\/`")
        if not _STATEMENT.match(line):
            lines.append(line)
        elif exported := _EXPORT.match(line):
            exports.append(exported["name"])
            lines.append(line[exported.end() :])
        elif imported := _IMPORT.fullmatch(line):
            target = _target(path, number, imported["path"], waiting)
            if target not in modules:
                _add(target, modules, (*waiting, path))
            _check_names(path, number, imported["names"].split(", "), target, modules[target].exports)
            lines.append(f"const {{ {imported['names']} }} = {modules[target].variable};")
        else:
            wanted = 'write `import { a, b } from "./x.js";` on one line, `export` before a function, class or const'
            raise CannotBundle(path, number, f"cannot bundle `{line}`", wanted)
    variable = f"module{len(modules)}"
    body = "\n".join([*lines, f"return {{ {', '.join(exports)} }};"])
    modules[path] = _Module(variable, exports, f"const {variable} = (() => {{ // {path.name}\n{body}\n}})();\n")


def _target(path: Path, line: int, imported: str, waiting: tuple[Path, ...]) -> Path:
    target = (path.parent / imported).resolve()
    above = [*waiting, path]
    if target in above:
        way = " -> ".join(module.name for module in (*above[above.index(target) :], target))
        raise CannotBundle(path, line, f"modules import each other: {way}", "move what both need to a third one")
    if not target.is_file():
        raise CannotBundle(path, line, f"there is no {imported}", f"it is looked for in {path.parent}")
    return target


def _check_names(path: Path, line: int, names: list[str], target: Path, exports: list[str]) -> None:
    for name in names:
        if name not in exports:
            problem = f"{target.name} does not export '{name}'"
            raise CannotBundle(path, line, problem, f"it exports {', '.join(exports) or 'nothing'}")
