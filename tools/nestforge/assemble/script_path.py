"""Where the node scripts keep their files, for the service document."""

from __future__ import annotations

import re

from nestforge.assemble.undefined_names import UnknownName
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.project import Project

_ASSIGNED = re.compile(r"^(\w+)=\$\{\w+:-([^}]*)\}(\S*)", re.MULTILINE)


def script_path(project: Project, name: str) -> str:
    """Return the path that a script of the nodes gives to `name`: `KEY_FILE=${LLM_ETC:-/etc/llm}/key`.

    What stands before the path is for tests alone; a name that no script sets is undefined to the template.
    """
    paths = {
        found: f"{folder}{rest}"
        for path in project.files
        if path.startswith("scripts/lib/")
        for found, folder, rest in _ASSIGNED.findall(project.files[path])
    }
    if name not in paths:
        help = did_you_mean(name, paths) or f"the paths there are {', '.join(sorted(paths))}"
        raise UnknownName(f"'{name}' is a path in no script of scripts/lib", help)
    return paths[name]
