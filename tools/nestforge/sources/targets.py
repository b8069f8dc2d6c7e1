"""Read service/targets.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nestforge.model.errors import NestforgeError
from nestforge.model.near_miss import did_you_mean
from nestforge.model.project import ProjectFaulty
from nestforge.model.service import Target
from nestforge.sources.check_schema import check_schema
from nestforge.sources.text_file import read_text
from nestforge.sources.yaml_file import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.diagnostic import Diagnostic

PATH = "service/targets.yaml"


class UnknownTarget(NestforgeError):
    """A target that targets.yaml does not have."""

    exit_code = 2

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"there is no target '{name}' in {PATH}", help=did_you_mean(name, known) or ", ".join(known))


def load_target(root: Path, name: str | None) -> Target:
    """Return the target called `name`, or the default one. Raises ProjectFaulty and UnknownTarget."""
    report: list[Diagnostic] = []
    text = read_text(root, PATH, report)
    file = parse_yaml(text, PATH, report) if text is not None else None
    if file is None or not check_schema("targets", file, report):
        raise ProjectFaulty(report)
    data = cast("dict[str, object]", file.data)
    targets = cast("dict[str, dict[str, str]]", data["targets"])
    chosen = name or str(data["default"])
    if chosen not in targets:
        raise UnknownTarget(chosen, list(targets))
    return Target(name=chosen, **targets[chosen])
