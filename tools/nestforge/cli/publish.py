"""Bring the service on the target to what the sources say, and launch it.

The sandbox is started when it is the target. On Alibaba Cloud the changes are shown first; the service
ends at "submitted" until it has been approved, and goes on from there when this is run again.

example:
  nestforge publish
  nestforge publish --target aliyun-cn --yes --json
"""

from __future__ import annotations

import fcntl
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.assemble.build_package import build_package
from nestforge.cli.project_root import project_root
from nestforge.model.errors import NestforgeError
from nestforge.publish.apply import Publisher
from nestforge.publish.desired import read_desired
from nestforge.sources.targets import load_target

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from nestforge.cloud.supplier import Credentials
    from nestforge.model.service import Target
    from nestforge.publish.apply import Outcome


class NeedsConfirmation(NestforgeError):
    """Changes on a real target, nobody to ask, and no --yes."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("these changes need a confirmation", help="add --yes where nobody can be asked")


def configure(parser: ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--target", metavar="NAME", help="a target of service/targets.yaml (default: its default)")
    parser.add_argument("--yes", action="store_true", help="make the changes without asking")
    parser.add_argument("--json", action="store_true", help="print the result as JSON on the last line")


def execute(options: Namespace) -> int:
    """Build, publish, and say what happened."""
    root = Path(project_root(options.project))
    target = load_target(root, options.target)
    state = root / ".nestforge"
    state.mkdir(exist_ok=True)
    with (state / "publish.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another publish is running here: waiting for it", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        package = build_package(str(root))
        desired = read_desired(Path(str(package["package"])))
        return _publish(options, root, target, desired)


def _publish(options: Namespace, root: Path, target: Target, desired: object) -> int:
    from nestforge.cloud.sdk_oss import SdkObjects
    from nestforge.cloud.sdk_ros import SdkTemplateCheck
    from nestforge.cloud.sdk_supplier import SdkSupplier

    credentials, endpoint, ros, console = _connection(root, target)
    supplier = SdkSupplier(credentials, endpoint, target.region)
    objects = SdkObjects(endpoint if target.kind == "sandbox" else "")
    templates = SdkTemplateCheck(credentials, ros, target.region)

    def tell(step: str) -> None:
        if not options.quiet:
            print(step, flush=True)

    def confirm(changes: list[str]) -> bool:
        if target.kind == "sandbox" or options.yes:
            return True
        print("\n".join(changes))
        if not sys.stdin.isatty():
            raise NeedsConfirmation
        return input("make these changes? [y/N] ").strip().lower() in ("y", "yes")

    outcome = Publisher(supplier, objects, templates, tell, confirm).publish(desired)  # type: ignore[arg-type]
    calls = supplier.calls + templates.calls
    link = f"{console}/service/instance/create/{target.region}?type=user&ServiceId={outcome.service_id}"
    if not options.quiet:
        _report(outcome, calls, objects.bytes_sent, console, link)
    if options.json:
        facts = {
            "service_id": outcome.service_id,
            "version": outcome.version,
            "status": outcome.status,
            "calls": calls,
            "uploads": objects.uploads,
            "downloads": 0,
            "bytes_sent": objects.bytes_sent,
            "changes": len(outcome.changes),
            "console": console,
            "link": link,
        }
        print(json.dumps(facts))
    return 0


def _connection(root: Path, target: Target) -> tuple[Credentials, str, str, str]:
    """Return credentials, the supplier's endpoint, ROS's endpoint, and the console's address."""
    from nestforge.cloud.supplier import Credentials

    if target.kind == "sandbox":
        from nestforge.cli.sandbox import sandbox_folder
        from nestforge.sandbox import process

        found = process.start(sandbox_folder(str(root)))
        own = Credentials(found.access_key_id, found.access_key_secret)
        return own, found.endpoint, found.endpoint, found.console.rstrip("/")
    from nestforge.cloud.sdk_credentials import default_credentials

    return default_credentials(), target.supplier_endpoint, target.ros_endpoint, target.console


def _report(outcome: Outcome, calls: int, sent: int, console: str, link: str) -> None:
    what = "published" if outcome.changes else "nothing to do"
    print(f"{what}: {outcome.service_id} version {outcome.version} is {outcome.status}")
    print(f"  {calls} calls, {len(outcome.uploads)} uploads, {sent:,} bytes sent")
    if outcome.waiting:
        print(f"  {outcome.waiting}")
    print(f"  look at {console}/")
    print(f"  deploy  {link}")
