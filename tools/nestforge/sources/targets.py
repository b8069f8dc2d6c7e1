"""Read service/targets.yaml: where the service can be published."""

from __future__ import annotations

from typing import cast

from nestforge.model.dataclass import dataclass
from nestforge.model.diagnostic import Diagnostic
from nestforge.model.errors import NestforgeError
from nestforge.model.near_miss import did_you_mean
from nestforge.model.project import ProjectFaulty
from nestforge.model.service import Target
from nestforge.sources.check_schema import check_schema
from nestforge.sources.text_file import read_text
from nestforge.sources.yaml_file import parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

TARGETS = "service/targets.yaml"
_HOW = "it says where the service can be published; `nestforge schema targets` prints what it holds"


class UnknownTarget(NestforgeError):
    """The target that was asked for is not in targets.yaml."""

    exit_code = 2

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        hint = did_you_mean(name, known) or f"the targets are {', '.join(known)}"
        super().__init__(f"there is no target '{name}' in {TARGETS}", help=hint)


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets, and the one that a command takes without being told."""

    default: str
    by_name: dict[str, Target]

    def choose(self, name: str | None) -> Target:
        """Return the target called `name`, or the default. Raises UnknownTarget."""
        wanted = name or self.default
        if wanted not in self.by_name:
            raise UnknownTarget(wanted, tuple(self.by_name))
        return self.by_name[wanted]


def load_targets(root: Path) -> Targets:
    """Return the targets of the project below `root`. Raises ProjectFaulty."""
    report: list[Diagnostic] = []
    text = read_text(root, TARGETS, report)
    if not (root / TARGETS).exists():
        report = [fault._replace(help=_HOW) for fault in report]
    file = parse_yaml(text, TARGETS, report) if text is not None else None
    if file is None or not check_schema("targets", file, report):
        raise ProjectFaulty(sorted(report))
    data = cast("dict[str, object]", file.data)  # the schema has seen to it
    entries = cast("dict[str, dict[str, str]]", data["targets"])
    targets = Targets(str(data["default"]), {name: Target(name=name, **entry) for name, entry in entries.items()})
    if targets.default not in targets.by_name:
        message = f"there is no target '{targets.default}' below"
        hint = did_you_mean(targets.default, targets.by_name)
        raise ProjectFaulty([Diagnostic(file.span("default"), "R1302", "unknown-entry", message, hint)])
    return targets
