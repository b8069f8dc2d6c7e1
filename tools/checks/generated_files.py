"""Write or check the files that are generated from something else; `make check` fails on a stale one.

`--write` rewrites them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from alibabacloud_computenest20210601 import client as user
from alibabacloud_computenestsupplier20210521 import client as supplier
from alibabacloud_ros20190910 import client as ros

from checks.capacity_page import capacity_page
from checks.rule_pages import PAGES, rule_pages
from nestforge.assemble.inputs import inputs_hash
from nestforge.assemble.pipeline import assemble
from nestforge.sources.project import load_project

ROOT = Path(__file__).parent.parent.parent
NAMES = ROOT / "tools" / "nestforge" / "sandbox" / "operation_names.py"
PICTURE = ROOT / "docs" / "architecture.svg"
DIAGRAM = "docs/img/dual-ecs-en.svg"


def operation_names() -> str:
    """Return the module that lists every operation of the SDKs, so that the sandbox need not import them."""
    found = {
        "2021-05-21": _actions(Path(supplier.__file__)),
        "2021-06-01": _actions(Path(user.__file__)),
        "2019-09-10": _actions(Path(ros.__file__)),
    }
    lines = [
        '"""Every operation that the official SDKs know, by API version. Made by tools/checks/generated_files.py."""',
        "",
        "NAMES: dict[str, tuple[str, ...]] = {",
    ]
    for version, names in found.items():
        lines += [f'    "{version}": (', *(f'        "{name}",' for name in names), "    ),"]
    return "\n".join([*lines, "}", ""])


def _actions(client: Path) -> list[str]:
    return sorted(set(re.findall(r"action = '(\w+)'", client.read_text(encoding="utf-8"))))


def picture() -> str:
    """Return the diagram that README shows: the one of the package, as it is built now."""
    build = assemble(load_project(ROOT), inputs_hash(str(ROOT)))
    return build.files[DIAGRAM].decode()


def main() -> int:
    """Return 0 where all is fresh or has been written."""
    wanted = {NAMES: operation_names(), PICTURE: picture(), **capacity_page(ROOT), **rule_pages()}
    stale = [p for p, text in wanted.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    left = set(PAGES.glob("*.md")) - wanted.keys()
    if "--write" in sys.argv:
        for path in left:
            path.unlink()
        for path in stale:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        return 0
    for path in [*stale, *left]:
        print(f"{path.relative_to(ROOT)} is stale: run `make generate`")
    return 1 if stale or left else 0


if __name__ == "__main__":
    raise SystemExit(main())
