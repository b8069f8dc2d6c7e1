"""The embedded cloud: start it, look at it, decide its reviews, stop it.

  start              start it, or change how it behaves
  status             say whether and where it runs, and which faults are still to come
  log                print the calls that it answered, oldest first
  approve, reject    decide the registrations that wait (all, or the one that is named)
  stop               end it; its state stays
  reset              end it and forget its state
  prune              remove what rehearsals left that were killed, their reports too

example:
  nestforge sandbox start --review manual
  nestforge sandbox approve
  nestforge sandbox start --fault none --fault LaunchService=refuse
  nestforge sandbox status --json
"""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from nestforge.cli.project_root import project_root
from nestforge.model.errors import NestforgeError
from nestforge.sandbox import process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from nestforge.cli.command_line import Arguments
    from nestforge.sandbox.store import Store

ACTIONS = ("start", "stop", "status", "reset", "prune", "log", "approve", "reject")
NO_FAULT = "none"
_DECISIONS = {"approve": "Approved", "reject": "Rejected"}
_NOWHERE: dict[str, object] = dict.fromkeys(("endpoint", "console", "access_key_id", "access_key_secret", "pid"))
_OPTIONS_OF = {
    "port": ("start",),
    "review": ("start",),
    "pending_reads": ("start",),
    "fault": ("start",),
    "registration": tuple(_DECISIONS),
    "comment": tuple(_DECISIONS),
}


class NotOfThisAction(NestforgeError):
    """An option was given to an action that does not take it."""

    exit_code = 2

    def __init__(self, option: str, action: str) -> None:
        super().__init__(f"`sandbox {action}` takes no {option}", help="see nestforge sandbox --help")


class NothingWaits(NestforgeError):
    """There is no registration to decide, or not the one that was asked for."""

    def __init__(self, asked: str | None, statuses: dict[str, str], *, by_hand: bool) -> None:
        waiting = [identity for identity, status in statuses.items() if status == "Submitted"]
        if asked is None:
            message = "no registration waits for a decision"
        elif asked in statuses:
            message = f"the registration '{asked}' is {statuses[asked]}, expected Submitted"
        else:
            message = f"there is no registration '{asked}'"
        if waiting:
            help = f"waiting: {', '.join(waiting)}"
        elif by_hand:
            help = "none waits now; hand one in: nestforge publish"
        else:
            help = "registrations wait once the sandbox is told so: nestforge sandbox start --review manual"
        super().__init__(message, help=help)


def sandbox_folder(root: str) -> Path:
    """Return where a project's sandbox keeps its state."""
    return Path(root) / ".nestforge" / "sandbox"


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("registration", nargs="?", help="approve, reject: this one only")
    parser.add_argument("--comment", metavar="TEXT", help="approve, reject: what the reviewer says")
    parser.add_argument("--port", type=_number(1, 65535), help="start: the loopback port to take")
    parser.add_argument("--review", choices=("automatic", "manual"), help="start: who decides registrations")
    parser.add_argument(
        "--pending-reads",
        type=_number(0, 1000),
        metavar="N",
        help="start: how many reads see each passing state (default: 0)",
    )
    parser.add_argument(
        "--fault",
        action="append",
        metavar="SPEC",
        help="start: such as LaunchService=lose-reply@2; may be repeated, and adds to those still to come; "
        "none takes these away",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def execute(options: Namespace) -> int:
    """Do the action."""
    for option, actions in _OPTIONS_OF.items():
        if getattr(options, option) is not None and options.action not in actions:
            raise NotOfThisAction(option.replace("_", "-"), options.action)
    folder = sandbox_folder(project_root(options.project))
    match options.action:
        case "start":
            _configure_state(options, folder)
            _show_status(options, process.start(folder, options.port), _faults_to_come(folder))
        case "status":
            _show_status(options, process.running(folder), _faults_to_come(folder))
        case "stop":
            ran = process.stop(folder)
            _say(options, "stopped" if ran else "no sandbox was running", {"stopped": ran})
        case "reset":
            process.reset(folder)
            _say(options, "stopped, and its state removed", {"reset": True})
        case "prune":
            _prune(options)
        case "log":
            _show_log(options, folder)
        case _:
            _decide(options, folder)
    return 0


def _prune(options: Namespace) -> None:
    from nestforge.cli.rehearse import TRACES
    from nestforge.rehearse.namespaces.run_folder import prune

    removed = prune(Path(project_root(options.project)) / TRACES)
    _say(options, "\n".join(removed) or "nothing was left", {"removed": removed})


def _number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads an option's whole number within bounds."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
            return int(text)
        raise ArgumentTypeError(f"'{text}' is not a whole number from {least} to {most}")

    return read


def _configure_state(options: Namespace, folder: Path) -> None:
    if options.review is None and options.pending_reads is None and not options.fault:
        return
    from nestforge.sandbox import settings
    from nestforge.sandbox.faults import parse_fault

    added = [None if text == NO_FAULT else parse_fault(text) for text in options.fault or []]
    for store in _opened(folder):
        if options.review is not None:
            settings.set_review(store, options.review)
        if options.pending_reads is not None:
            settings.set_pending_reads(store, options.pending_reads)
        if added:
            faults = store.faults()
            for fault in added:
                faults = [*faults, fault] if fault else []
            store.set_faults(faults)


def _opened(folder: Path) -> Iterator[Store]:
    """Yield the state once, within one transaction, which nobody else can write in: no printing meanwhile."""
    import sqlite3

    from nestforge.sandbox.store import Store, unusable

    store = Store(folder)
    try:
        with store.transaction():
            yield store
    except sqlite3.Error as error:
        raise unusable(store.path, error) from error
    finally:
        store.close()


def _decide(options: Namespace, folder: Path) -> None:
    from nestforge.sandbox.review import decide
    from nestforge.sandbox.settings import MANUAL, review
    from nestforge.sandbox.sts import TIME

    status = _DECISIONS[options.action]
    decided: list[str] = []
    for store in _opened(folder):
        known = list(store.registrations())
        chosen = [r for r in known if r.status == "Submitted" and options.registration in (None, r.registration_id)]
        if not chosen:
            statuses = {r.registration_id: r.status for r in known}
            raise NothingWaits(options.registration, statuses, by_hand=review(store) == MANUAL)
        for registration in chosen:
            decide(store, registration, status, datetime.now(UTC).strftime(TIME), options.comment or "")
            decided.append(registration.registration_id)
    _say(options, f"{status.lower()}: {', '.join(decided)}", {"status": status, "registrations": decided})


def _show_log(options: Namespace, folder: Path) -> None:
    calls = [call for store in _opened(folder) for call in store.calls()]
    for call in calls:
        if options.json:
            print(json.dumps(asdict(call), ensure_ascii=False))
        else:
            request_id = call.reply.get("RequestId", "")
            print(" ".join(f"{call.time} {call.status} {call.action} {call.refusal} {request_id}".split()))


def _faults_to_come(folder: Path) -> list[str] | None:
    """Return them as `--fault` takes them; None where there is no state, or none that can be read."""
    from nestforge.sandbox.store import FILE, StateUnusable

    if not (folder / FILE).exists():
        return None
    try:
        return [str(fault) for store in _opened(folder) for fault in store.faults()]
    except StateUnusable:
        return None


def _show_status(options: Namespace, found: process.Running | None, faults: list[str] | None) -> None:
    if options.json:
        where = asdict(found) if found else _NOWHERE
        print(json.dumps({"schema": 1, "running": found is not None, **where, "faults": faults}))
    elif not options.quiet:
        print(f"running at {found.console}, process {found.pid}" if found else "not running")
        if faults:
            print(f"faults still to come: {', '.join(faults)}; `nestforge sandbox start --fault none` takes them away")


def _say(options: Namespace, sentence: str, facts: dict[str, object]) -> None:
    if options.json:
        print(json.dumps({"schema": 1, **facts}))
    elif not options.quiet:
        print(sentence)
