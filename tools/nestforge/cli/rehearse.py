"""Deploy the package onto two hosts made on this machine, prove that the service answers, and leave nothing behind.

The package is built and checked, published into a sandbox of its own and deployed from there through the official
SDKs. The hosts are network namespaces with file systems and process trees of their own; the commands of the template
run in them unmodified. service/rehearsal.yaml says what is varied and which outputs must work. It takes root; with
--dry it does not, and proves less: the scripts run against stand-ins alone.

The report is build/rehearsal/report.html, and report.json beside it. Publishing to Alibaba Cloud asks for one of the
same package.

example:
  nestforge rehearse
  nestforge rehearse --pairs --only engine=sglang-0.4.3
"""

from __future__ import annotations

import asyncio
import json
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.assemble.package_hash import package_hash
from nestforge.cli.checked_package import checked_package, read_whole
from nestforge.cli.project_root import project_root
from nestforge.cli.rehearsed import REPORT
from nestforge.model.errors import NestforgeError
from nestforge.sources.project import load_project

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Coroutine
    from typing import TextIO

    from nestforge.cli.command_line import Arguments
    from nestforge.model.project import Project
    from nestforge.model.rehearsal import PlannedFault
    from nestforge.publish.deploy import Event
    from nestforge.rehearse.combinations import Combination
    from nestforge.rehearse.report.report import Report
    from nestforge.rehearse.result import Rehearsed
    from nestforge.rehearse.run import Rehearsal

TRACES = Path(".nestforge") / "rehearsal"


_NOTHING_NEW = "state changed"
"""What an event says that has nothing to say."""


class NotAChoice(NestforgeError):
    """What was given to --only is no factor with a choice."""

    exit_code = 2

    def __init__(self, given: str) -> None:
        super().__init__(f"--only wants FACTOR=CHOICE, not '{given}'", help="for example --only engine=sglang-0.4.3")


class SeveralTemplates(NestforgeError):
    """The service has more than one template."""

    exit_code = 2

    def __init__(self, count: int) -> None:
        super().__init__(f"the service has {count} templates, one is rehearsed", help="offer one edition at a time")


class CannotWrite(NestforgeError):
    """The report cannot be written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"{folder} cannot be written: {error.strerror}", help="make room or mend the rights")


class Interrupted(NestforgeError):
    """It was told to end."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__(
            "interrupted", help="what was made is removed; what may be left goes with: nestforge sandbox prune"
        )


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--pairs", action="store_true", help="rehearse until all choices have met in pairs")
    parser.add_argument("--faults", action="store_true", help="rehearse what must go wrong in the right way")
    parser.add_argument("--all", action="store_true", help="rehearse every combination of choices")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="FACTOR=CHOICE",
        help="hold a factor at one choice",
    )
    parser.add_argument("--dry", action="store_true", help="run the scripts against stand-ins alone; takes no root")
    parser.add_argument("--json", action="store_true", help="print the report as JSON, as the last line")


class Apart(NestforgeError):
    """Options were given that say different things."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("--pairs, --all and --faults are three things, and --dry has no faults", help="choose one")


def execute(options: Namespace) -> int:
    """Rehearse, write the report, and fail where something did not pass."""
    from nestforge.rehearse.dry.report import rehearse_dry
    from nestforge.rehearse.report.report import as_json
    from nestforge.rehearse.run import Telling, rehearse
    from nestforge.rehearse.stage import stage_for

    if options.pairs + options.all + options.faults > 1 or (options.dry and options.faults):
        raise Apart
    root = Path(project_root(options.project))
    project, package = load_project(root), Path(str(checked_package(str(root))["package"]))
    rehearsal = _rehearsal(options, root, project, package)
    teller = _Teller(sys.stderr if options.json else sys.stdout, quiet=options.quiet)
    if options.dry:
        report = rehearse_dry(rehearsal, package, project.catalog, teller.say)
    else:
        telling = Telling(teller.begins, teller.event, teller.ended)
        report = _until_told_to_end(rehearse(rehearsal, stage_for(project, package), telling))
    text = as_json(report)
    page = _write(root / REPORT, report, text)
    if options.dry:
        for each in report.not_proven:
            teller.say(f"not proven: {each}")
    teller.say(f"{'passed' if report.passed else 'did not pass'}: {page}")
    if options.json:
        print(json.dumps(json.loads(text), ensure_ascii=False))
    return 0 if report.passed else 1


def _rehearsal(options: Namespace, root: Path, project: Project, package: Path) -> Rehearsal:
    from nestforge.evaluate.allowed_values import allowed_values
    from nestforge.evaluate.template_text import TemplateText
    from nestforge.rehearse import combinations
    from nestforge.rehearse.run import Rehearsal
    from nestforge.sources.rehearsal import load_rehearsal
    from nestforge.sources.targets import load_targets

    plan = load_rehearsal(root)
    region = load_targets(root).choose("sandbox").region
    desired = read_whole(package, region)
    if len(desired.templates) != 1:
        raise SeveralTemplates(len(desired.templates))
    template = TemplateText(desired.uploads[desired.templates[0]].content.decode()).template
    known = combinations.choices_of(plan.factors, allowed_values(template))
    choices = combinations.narrowed(known, dict(map(_held, options.only)))
    selection, select = "the first choice of each factor", combinations.first
    if options.all:
        selection, select = "every combination", combinations.every
    elif options.pairs:
        selection, select = "every pair of choices", combinations.pairwise
    deployments: list[tuple[Combination, PlannedFault | None]] = [(each, None) for each in select(choices)]
    if options.faults:
        selection = "every planned fault"
        deployments = [
            (combinations.first(combinations.narrowed(choices, fault.choices))[0], fault) for fault in plan.faults
        ]
    return Rehearsal(
        package=desired,
        package_hash=package_hash(package),
        version=project.service.version_name,
        region=region,
        plan=plan,
        selection=", ".join([selection, *options.only]),
        deployments=tuple(deployments),
        folder=root / TRACES / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}",
        loading=lambda combination: _loading(project, combination),
    )


def _held(given: str) -> tuple[str, str]:
    factor, equals, choice = given.partition("=")
    if not equals:
        raise NotAChoice(given)
    return factor, choice


def _loading(project: Project, combination: Combination) -> float:
    """Return the seconds that a node reads the weights of the model which the combination chooses."""
    from nestforge.capacity.loading import loading_seconds

    chosen = combination.parameters.values()
    weights = max(model.weights_gib for model in project.catalog.models if model.id in chosen)
    disk = project.service.cluster.disk
    return loading_seconds(weights, disk.default_gib, disk.performance_level)


def _until_told_to_end(work: Coroutine[None, None, Report]) -> Report:
    """Run it; Ctrl-C and SIGTERM end it, and what it made is removed before this returns. Raises Interrupted."""

    async def run() -> Report:
        task = asyncio.ensure_future(work)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        return await task

    try:
        return asyncio.run(run())
    except asyncio.CancelledError:
        raise Interrupted from None


def _write(folder: Path, report: Report, text: str) -> Path:
    from nestforge.rehearse.report.page import as_page

    page = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(text, encoding="utf-8")
        page.write_text(as_page(report), encoding="utf-8")
    except OSError as error:
        raise CannotWrite(folder, error) from error
    return page


class _Teller:
    """Says what happens, with the time since the deployment began."""

    def __init__(self, out: TextIO, *, quiet: bool) -> None:
        self._out = out
        self._quiet = quiet
        self._began = time.monotonic()

    def say(self, line: str) -> None:
        if not self._quiet:
            print(line, file=self._out, flush=True)

    def begins(self, console: str, combination: Combination, fault: PlannedFault | None) -> None:
        self._began = time.monotonic()
        self.say(f"{f'{fault.name}, with ' if fault else ''}{combination.name}: follow it at {console}")

    def event(self, event: Event) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        message = "" if event.message == _NOTHING_NEW else event.message
        self.say(f"  {minutes:2}:{seconds:02}  {event.status:<18}  {event.resource}  {message}".rstrip())

    def ended(self, rehearsed: Rehearsed) -> None:
        for check in rehearsed.checks:
            self.say(f"  {'passed' if check.passed else 'FAILED'}  {check.title} ({check.seconds:.0f} s)")
            if check.problem:
                self.say(f"    {check.problem}")
            for seen in check.observations:
                if not seen.holds:
                    self.say(f"    {seen.what}: expected {seen.expected}, got {seen.got}")
        for thing in rehearsed.left:
            self.say(f"  left behind: {thing}")
        self.say(f"  {rehearsed.status} after {rehearsed.seconds:.0f} s: {'passed' if rehearsed.passed else 'FAILED'}")
