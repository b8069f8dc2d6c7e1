"""What a rehearsal takes place on: where worlds come from, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from nestforge.model.project import Project
    from nestforge.rehearse.local_world import OpenWorld
    from nestforge.rehearse.report.report import Difference


@dataclass(frozen=True, slots=True)
class Stage:
    """Opens a world for each deployment. `differences` tells, when all is over, what really differed."""

    open_world: OpenWorld
    differences: Callable[[], Iterable[Difference]]
    not_confined: tuple[str, ...]


def stage_for(project: Project, package: Path, folder: Path, say: Callable[[str], None]) -> Stage:
    """Return the stage."""
    raise NotImplementedError
