"""Deploy the published service as a buyer would, and show what happens; or delete what was deployed.

The newest version that is online is deployed. In the sandbox nothing runs: it gives out ids and addresses, and
says so in every event. On Alibaba Cloud the price is shown and agreed to before anything is created. Values
that must not stand on a command line, such as passwords, come from a file: a JSON object, `-` for standard input.

example:
  nestforge deploy -p ZoneId=cn-hangzhou-i --parameters secrets.json
  nestforge deploy --delete si-1f2e3d4c5b6a79880f1e
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.cli.checked_package import read_whole
from nestforge.cli.evaluate import assigned_values
from nestforge.cli.open_target import NothingBuilt, open_target
from nestforge.cli.project_root import project_root
from nestforge.cli.retries import tell_of_retries
from nestforge.model.errors import NestforgeError
from nestforge.sources.targets import load_targets

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from nestforge.cli.command_line import Arguments
    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.deployments import ServiceInstance
    from nestforge.cloud.json_value import Json
    from nestforge.model.service import Target
    from nestforge.publish.deploy import Event

PACKAGE = Path("build") / "package"
STATE = ".nestforge"


class ParametersUnusable(NestforgeError):
    """The file of parameters cannot be read."""

    exit_code = 2

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the parameters in {name} cannot be used: {why}", help="expected a JSON object")


class NotAPseudoParameter(NestforgeError):
    """A deployment has its own region, account and stack."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not for a deployment to choose", help="give the template's own parameters")


class Interrupted(NestforgeError):
    """Nobody follows any more; the cloud goes on."""

    exit_code = 130

    def __init__(self, instance_id: str) -> None:
        super().__init__(
            f"interrupted; {instance_id} goes on by itself",
            help=f"look at it in the console, or take it away: nestforge deploy --delete {instance_id}",
        )


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--target", metavar="NAME", help="where, of service/targets.yaml (default: its `default`)")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a value, as often as needed"
    )
    parser.add_argument("--parameters", metavar="FILE", help="a JSON object of values; - is standard input")
    parser.add_argument("--template", metavar="NAME", help="which of the service's templates, where it has several")
    parser.add_argument("--service-version", metavar="N", help="another version than the newest that is online")
    parser.add_argument("--name", help="what to call the service instance")
    parser.add_argument("--delete", metavar="ID", help="delete this service instance instead")
    parser.add_argument("--yes", action="store_true", help="do it without asking")
    parser.add_argument("--json", action="store_true", help="print each event as JSON, the result as the last line")


def execute(options: Namespace) -> int:
    """Deploy or delete, and follow it to its end."""
    root = Path(project_root(options.project))
    target = load_targets(root).choose(options.target)
    given = {} if options.delete else _given(options)
    cloud, console = open_target(target, root, tell_of_retries(options))
    begun = time.monotonic()
    if options.delete:
        _agree(options, target, f"delete {options.delete} with all that it has", [])
        cloud.deployments.delete_instance(options.delete, secrets.token_hex(16))
        instance = _followed(options, cloud, options.delete)
    else:
        instance = _followed(options, cloud, _created(options, cloud, root, target, given))
    _show(options, instance, time.monotonic() - begun, console)
    if instance.status not in ("Deployed", "Deleted"):
        from nestforge.publish.deploy import DeploymentFailed

        raise DeploymentFailed(instance)
    return 0


def _given(options: Namespace) -> dict[str, Json]:
    given = _from_file(options.parameters) if options.parameters else {}
    assigned, pseudo = assigned_values(options.parameter)
    for name in pseudo:
        raise NotAPseudoParameter(name)
    return {**given, **{name: str(value) for name, value in assigned.items()}}


def _from_file(name: str) -> dict[str, Json]:
    try:
        values = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise ParametersUnusable(name, error.strerror or str(error)) from error
    except ValueError:  # its text would quote what may be secret
        raise ParametersUnusable(name, "they are not JSON in UTF-8") from None
    if not isinstance(values, dict):
        raise ParametersUnusable(name, "they are no object")
    return values


def _created(options: Namespace, cloud: Cloud, root: Path, target: Target, given: dict[str, Json]) -> str:
    """Begin to deploy; return the id of the service instance."""
    from nestforge.cloud.deployments import Order
    from nestforge.publish.deploy import deployable, price_lines
    from nestforge.publish.remote import read_versions
    from nestforge.publish.tokens import Tokens
    from nestforge.publish.turn import turn

    if not (root / PACKAGE).is_dir():
        raise NothingBuilt
    desired = read_whole(root / PACKAGE, target.region)
    version = deployable(desired.display_name, read_versions(cloud.supplier, desired.identity), options.service_version)
    order = Order(version.service_id, version.version, options.template, options.name, given)
    if target.kind != "sandbox":
        what = f"deploy {version.service_id} version {version.version} in {target.region}"
        _agree(options, target, what, ["price:", *price_lines(cloud.deployments.estimate(order))])
    say = _teller(options)
    with turn(root / STATE, say, "deploy") as attempt:
        token = Tokens(attempt, "").of("CreateServiceInstance", order.service_id, order.version, dict(given))
        instance_id = cloud.deployments.create_instance(order, token)
    say(f"{instance_id}: {desired.display_name} version {version.version}")
    return instance_id


def _agree(options: Namespace, target: Target, what: str, facts: list[str]) -> None:
    """Ask before something is created or deleted on Alibaba Cloud. Raises NotConfirmed."""
    from nestforge.publish.errors import NotConfirmed

    if target.kind == "sandbox":
        return
    for fact in facts:
        _teller(options)(fact)
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise NotConfirmed(asked=False)
    print(f"{what}? [y/N] ", end="", flush=True, file=sys.stderr)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise NotConfirmed(asked=True)


def _followed(options: Namespace, cloud: Cloud, instance_id: str) -> ServiceInstance:
    from nestforge.publish.deploy import follow

    try:
        return follow(cloud, instance_id, lambda event: _tell(options, event), time.sleep)
    except KeyboardInterrupt:
        raise Interrupted(instance_id) from None


def _tell(options: Namespace, event: Event) -> None:
    if options.delete and event.phase != "delete":
        return  # it happened before
    if options.json:
        from dataclasses import asdict

        print(json.dumps(asdict(event), ensure_ascii=False), flush=True)
    elif not options.quiet:
        print(f"{event.time}  {event.status:<18}  {event.resource}  {event.message}", flush=True)


def _teller(options: Namespace) -> Callable[[str], None]:
    def tell(line: str) -> None:
        if not options.quiet:
            print(line, file=sys.stderr if options.json else sys.stdout, flush=True)

    return tell


def _show(options: Namespace, instance: ServiceInstance, seconds: float, console: str) -> None:
    if options.json:
        result = {
            "schema": 1,
            "service_instance_id": instance.instance_id,
            "status": instance.status,
            "detail": instance.detail,
            "outputs": instance.outputs,
            "seconds": round(seconds, 1),
        }
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return
    if options.quiet:
        return
    if instance.status == "Deployed":
        for name, value in instance.outputs.items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            print(f"{name}:\n" + "\n".join(f"  {line}" for line in text.splitlines()))
    print(f"{instance.instance_id} is {instance.status} after {seconds:.0f} s: {instance.detail}")
    if instance.status == "Deployed":
        print(f"  look at it: {console}/")
        print(f"  delete it:  nestforge deploy --delete {instance.instance_id}")
