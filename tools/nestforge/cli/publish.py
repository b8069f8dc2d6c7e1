"""Bring the service on the target to what the sources say, and launch it.

The package is built and checked first. On Alibaba Cloud the changes are shown and agreed to before any is
made, and a version that was handed in for review ends the run: the same command later goes on from there.

example:
  nestforge publish
  nestforge publish --target aliyun-cn --yes --json
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from nestforge.cli.checked_package import checked_package, read_whole
from nestforge.cli.project_root import project_root
from nestforge.cli.rehearsed import NoReason, let_through
from nestforge.cli.retries import tell_of_retries
from nestforge.cli.run import nobody_listens
from nestforge.sources.targets import load_targets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from nestforge.cli.command_line import Arguments
    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.traffic import Traffic
    from nestforge.model.service import Target
    from nestforge.publish.change import Change
    from nestforge.publish.publish import Published

STATE = ".nestforge"


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--target", metavar="NAME", help="where to, of service/targets.yaml (default: its `default`)")
    parser.add_argument("--yes", action="store_true", help="make the changes without asking")
    parser.add_argument("--resubmit", action="store_true", help="hand in again, as it is, what a review rejected")
    parser.add_argument("--without-rehearsal", action="store_true", help="publish what was not rehearsed; say why")
    parser.add_argument("--reason", metavar="TEXT", help="why it was not rehearsed; it goes on record")
    parser.add_argument("--json", action="store_true", help="print the result as JSON, as the last line")


def execute(options: Namespace) -> int:
    """Publish, and say what was done and where to look."""
    from nestforge.publish.publish import publish
    from nestforge.publish.turn import turn

    if options.without_rehearsal != bool(options.reason):
        raise NoReason
    root = project_root(options.project)
    target = load_targets(Path(root)).choose(options.target)
    report = checked_package(root)
    let_through(Path(root), Path(root) / STATE, target, Path(str(report["package"])), options.reason)
    say = _silent if options.quiet else _say
    with turn(Path(root) / STATE, say) as attempt:
        cloud, console = _open(target, Path(root), say, tell_of_retries(options))
        done = publish(
            read_whole(Path(str(report["package"])), target.region),
            cloud,
            attempt=attempt,
            confirm=_confirmation(target, options),
            say=say,
            wait=time.sleep,
            resubmit=options.resubmit,
        )
    _show(options, target, done, cloud, console)
    return 0


def _open(target: Target, root: Path, say: Callable[[str], None], tell: Callable[[str], None]) -> tuple[Cloud, str]:
    """Return the cloud of the target and the address of its console."""
    from nestforge.cloud.access import alibaba_cloud_access, sandbox_access
    from nestforge.cloud.sdk_cloud import open_cloud

    if target.kind != "sandbox":
        return open_cloud(alibaba_cloud_access(target), time.sleep, tell), target.console.rstrip("/")
    from nestforge.sandbox import process

    folder = root / STATE / "sandbox"
    found = process.running(folder)
    if found is None:
        found = process.start(folder)
        say(f"the sandbox is started: {found.console}")
    access = sandbox_access(target, found.endpoint, found.access_key_id, found.access_key_secret)
    return open_cloud(access, time.sleep, tell), found.console.rstrip("/")


def _confirmation(target: Target, options: Namespace) -> Callable[[tuple[Change, ...]], bool]:
    def confirm(changes: tuple[Change, ...]) -> bool:
        from nestforge.publish.errors import NotConfirmed

        asks = target.kind != "sandbox" and not options.yes
        if asks or (target.kind != "sandbox" and not options.quiet):
            _say(f"changes on {target.name} ({target.region}):")
            for change in changes:
                _say(f"  {change}")
        if not asks:
            return False
        if not sys.stdin.isatty():
            raise NotConfirmed(asked=False)
        print(f"make these {len(changes)} changes on {target.name}? [y/N] ", end="", flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise NotConfirmed(asked=True)
        return True

    return confirm


def _show(options: Namespace, target: Target, done: Published, cloud: Cloud, console: str) -> None:
    from nestforge.publish.link import deployment_link

    link = deployment_link(console, target.region, done.service_id)
    traffic = cloud.traffic
    if not options.quiet:
        if done.status == "Submitted":
            _say(
                f"submitted: {done.service_id} waits for review {done.registration_id}; "
                "run the same command when it is decided, it launches then"
            )
        elif not done.changes:
            _say(f"nothing to do: {done.service_id} version {done.version} is online as the sources say")
            _say(f"  {traffic.calls} calls, nothing uploaded")
            _say(f"  deploy it:  {link}")
        else:
            _say(f"online: {done.service_id} version {done.version}")
        if done.changes or done.status == "Submitted":
            _say(f"  {_traffic(cloud.traffic)}")
            _say(f"  look at it: {console}/")
            _say(f"  deploy it:  {link}")
    if options.json:
        import json

        result = {
            "schema": 1,
            "service_id": done.service_id,
            "version": done.version,
            "status": done.status,
            "calls": traffic.calls,
            "uploads": traffic.uploads,
            "downloads": traffic.downloads,
            "bytes_sent": traffic.bytes_sent,
            "changes": len(done.changes),
            "console": f"{console}/",
        }
        _say(json.dumps(result))


def _traffic(traffic: Traffic) -> str:
    calls = f"{traffic.calls} call{'' if traffic.calls == 1 else 's'}"
    return f"{calls}, {traffic.uploads} upload{'' if traffic.uploads == 1 else 's'}, {traffic.bytes_sent:,} bytes"


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:
        nobody_listens()  # publishing goes on: half of it would help nobody


def _silent(line: str) -> None:
    pass
