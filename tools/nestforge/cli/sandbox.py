"""The embedded cloud: start it, look at it, decide its reviews, stop it.

example:
  nestforge sandbox start
  nestforge sandbox status --json
  nestforge sandbox approve            # the registrations that wait, after `sandbox review manual`
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.cli.project_root import project_root
from nestforge.model.errors import NestforgeError
from nestforge.sandbox import process

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from nestforge.sandbox.store import Store

ACTIONS = ("start", "stop", "status", "reset", "log", "review", "approve", "reject")


def sandbox_folder(root: str) -> Path:
    """Return where a project's sandbox keeps its state."""
    return Path(root) / ".nestforge" / "sandbox"


def configure(parser: ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("what", nargs="?", help="of review: automatic or manual; of approve and reject: a registration")
    parser.add_argument("--port", type=int, help="of start: the loopback port to take")
    parser.add_argument("--comment", default="", help="of approve and reject: what the reviewer says")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def execute(options: Namespace) -> int:
    """Do the action."""
    folder = sandbox_folder(project_root(options.project))
    if options.action in ("start", "status"):
        found = process.start(folder, options.port) if options.action == "start" else process.running(folder)
        _show_status(options, found)
        return 0
    if options.action == "stop":
        ran = process.stop(folder)
        _say(options, "stopped" if ran else "no sandbox was running", {"stopped": ran})
    elif options.action == "reset":
        process.reset(folder)
        _say(options, "stopped, and its state removed", {"reset": True})
    else:
        return _with_state(options, folder)
    return 0


def _with_state(options: Namespace, folder: Path) -> int:
    from nestforge.sandbox.store import FILE, Store

    if not (folder / FILE).exists():
        raise NestforgeError("the sandbox has no state yet", help="start it: nestforge sandbox start")
    store = Store(folder)
    try:
        if options.action == "log":
            _show_log(options, store)
        elif options.action == "review":
            _set_review(options, store)
        else:
            _decide(options, store)
    finally:
        store.close()
    return 0


def _set_review(options: Namespace, store: Store) -> None:
    from nestforge.sandbox.review import AUTOMATIC, MANUAL, REVIEW

    if options.what not in (AUTOMATIC, MANUAL):
        raise NestforgeError("how shall registrations be reviewed?", help=f"{AUTOMATIC} or {MANUAL}")
    with store.transaction():
        store.set_setting(REVIEW, options.what)
    _say(options, f"registrations are reviewed: {options.what}", {"review": options.what})


def _decide(options: Namespace, store: Store) -> None:
    from datetime import datetime

    from nestforge.sandbox.review import decide
    from nestforge.sandbox.sts import TIME

    waiting = [r for r in store.registrations() if r.status == "Submitted"]
    chosen = [r for r in waiting if options.what in (None, r.registration_id)]
    if not chosen:
        known = ", ".join(r.registration_id for r in waiting) or "none waits"
        raise NestforgeError("there is no such registration that waits for a decision", help=known)
    status = "Approved" if options.action == "approve" else "Rejected"
    with store.transaction():
        for registration in chosen:
            decide(store, registration, status, datetime.now(UTC).strftime(TIME), options.comment)
    names = [r.registration_id for r in chosen]
    _say(options, f"{status.lower()}: {', '.join(names)}", {"status": status, "registrations": names})


def _show_log(options: Namespace, store: Store) -> None:
    for time, action, status, request, reply in store.calls():
        if options.json:
            entry = {"time": time, "action": action, "status": status, "request": request, "reply": reply}
            print(json.dumps(entry, ensure_ascii=False))
        else:
            print(f"{time} {status} {action} {reply.get('Code', '')} {reply.get('RequestId', '')}".rstrip())


def _show_status(options: Namespace, found: process.Running | None) -> None:
    if options.json:
        nothing = {
            "endpoint": None,
            "console": None,
            "access_key_id": None,
            "access_key_secret": None,
            "pid": None,
        }
        print(json.dumps({"running": found is not None, **(asdict(found) if found else nothing)}))
    elif not options.quiet:
        print(f"running: {found.console} (pid {found.pid})" if found else "not running")


def _say(options: Namespace, sentence: str, facts: dict[str, object]) -> None:
    if options.json:
        print(json.dumps(facts))
    elif not options.quiet:
        print(sentence)
