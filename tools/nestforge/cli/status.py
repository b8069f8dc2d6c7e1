"""Show the service as it is on the target; changes nothing.

example:
  nestforge status --target aliyun-cn --json
"""

from __future__ import annotations

import time
from pathlib import Path

from nestforge.assemble.inputs import have_changed
from nestforge.cli.checked_package import read_whole
from nestforge.cli.open_target import NothingBuilt, open_target
from nestforge.cli.project_root import project_root
from nestforge.cli.retries import tell_of_retries
from nestforge.sources.targets import load_targets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments
    from nestforge.model.service import Target
    from nestforge.publish.status import ServiceStatus

PACKAGE = Path("build") / "package"


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--target", metavar="NAME", help="where, of service/targets.yaml (default: its `default`)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def execute(options: Namespace) -> int:
    """Print the service as it is there, whether the built package differs, and whether the sources have changed."""
    from nestforge.publish.status import read_status

    root = Path(project_root(options.project))
    target = load_targets(root).choose(options.target)
    cloud, console = open_target(target, root, tell_of_retries(options))
    if not (root / PACKAGE).is_dir():
        raise NothingBuilt
    status = read_status(read_whole(root / PACKAGE, target.region), cloud, time.sleep)
    _show(options, target, status, console, stale=have_changed(str(root), str(root / PACKAGE)))
    return 0


def _show(options: Namespace, target: Target, status: ServiceStatus, console: str, *, stale: bool) -> None:
    from nestforge.publish.link import deployment_link

    newest = status.versions[-1] if status.versions else None
    link = deployment_link(console, target.region, newest.service_id) if newest else None
    if options.json:
        import json

        registration = status.registration
        result = {
            "schema": 1,
            "target": target.name,
            "service_id": newest.service_id if newest else None,
            "version": newest.version if newest else None,
            "status": newest.status if newest else None,
            "versions": [
                {"version": v.version, "status": v.status, "version_name": v.version_name} for v in status.versions
            ],
            "registration": {"id": registration.registration_id, "status": registration.status}
            if registration
            else None,
            "differs": status.differs,
            "differences": list(status.fields),
            "sources_changed": stale,
            "console": f"{console}/",
            "link": link,
        }
        print(json.dumps(result, ensure_ascii=False))
        return
    if newest is None:
        print(f"{target.name}: the service is not there yet; publish it: nestforge publish --target {target.name}")
        return
    print(f"{target.name}: {newest.service_id}")
    for version in status.versions:
        print(f"  version {version.version}: {version.status} ({version.version_name})")
    if status.registration:
        comment = f": {status.registration.comment}" if status.registration.comment else ""
        print(f"  review {status.registration.registration_id}: {status.registration.status}{comment}")
    if status.fields:
        print(f"  the package in build/package differs in {', '.join(status.fields)}")
    else:
        print("  the package in build/package is the same")
    if stale:
        print("  the sources have changed since that package was built: build it anew, then look again")
    print(f"  link: {link}")
