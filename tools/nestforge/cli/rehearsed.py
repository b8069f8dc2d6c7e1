"""A package goes to Alibaba Cloud only after a rehearsal, or for a reason that is on record."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.assemble.package_hash import package_hash
from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from nestforge.model.service import Target

REPORT = Path("build") / "rehearsal"
"""Where a project's report is, as JSON and as a page."""

JOURNAL = "published.jsonl"
"""A line for each time that a package was let through, in the folder of the state."""


class NotRehearsed(NestforgeError):
    """There is no report of a rehearsal that this very package passed on hosts."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"this package is not rehearsed: {why}",
            help="rehearse it: nestforge rehearse; or publish with --without-rehearsal --reason TEXT",
        )


class NoReason(NestforgeError):
    """A rehearsal was waived without a reason, or a reason was given for nothing."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "--without-rehearsal and --reason TEXT belong together", help="say in a few words why it is not rehearsed"
        )


def let_through(root: Path, state: Path, target: Target, package: Path, reason: str | None) -> None:
    """Return if the package may go to the target, and put on record why. Raises NotRehearsed."""
    if target.kind == "sandbox":
        return
    digest = package_hash(package)
    grounds = {"without_rehearsal": reason} if reason else {"rehearsed": _passed(root / REPORT / "report.json", digest)}
    entry = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "target": target.name, "package": digest}
    state.mkdir(parents=True, exist_ok=True)
    with (state / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(json.dumps({**entry, **grounds}, ensure_ascii=False) + "\n")


def _passed(path: Path, digest: str) -> str:
    """Return when the package passed its rehearsal."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotRehearsed(f"there is no {path}") from None
    except (OSError, ValueError) as error:
        raise NotRehearsed(f"{path} cannot be read: {error}") from error
    if not isinstance(report, dict) or report.get("package") != digest:
        raise NotRehearsed(f"{path} is about another package")
    if report.get("tier") != "hosts":
        raise NotRehearsed(f"{path} is of stand-ins alone, which prove too little")
    if report.get("passed") is not True:
        raise NotRehearsed(f"it did not pass, see {path.with_suffix('.html')}")
    return str(report.get("began"))
