"""What a rehearsal takes place on: where worlds come from, and what is to be said of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import VPC
from nestforge.rehearse.engine import inside
from nestforge.rehearse.engine.ecs_images import ecs_images
from nestforge.rehearse.engine.environment import find_environment
from nestforge.rehearse.engine.load import measure_load
from nestforge.rehearse.engine.memory import memory_by_process
from nestforge.rehearse.engine.records import recorded
from nestforge.rehearse.place import Tools
from nestforge.rehearse.report.report import Difference
from nestforge.rehearse.result import LoadSeen, Measured, ProcessSeen
from nestforge.rehearse.standins import files
from nestforge.rehearse.world import open_world

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractAsyncContextManager

    from nestforge.model.project import Project
    from nestforge.rehearse.checks.check import Deployment
    from nestforge.rehearse.host import Host, Vantage
    from nestforge.rehearse.image import ImageOf
    from nestforge.rehearse.local_world import LocalWorld


PROCESSES = 6
"""How many of a host's processes are told, the largest first."""
LOAD_SECONDS = 5.0
"""How long each number of clients asks."""


@dataclass(slots=True)
class LocalStage:
    """The hosts' images, what buyers' machines have, and what has been seen to differ.

    `artifacts` are the names of the published artifacts by the ids of their images: a rehearsal fills it.
    """

    image_of: ImageOf
    tools: Tools
    artifacts: dict[str, str]
    differences: dict[Difference, None] = field(default_factory=dict)

    def open_world(self, folder: Path) -> AbstractAsyncContextManager[LocalWorld]:
        """Open a world whose traces are in `folder`; at the end everything of it is removed."""
        return open_world(folder, self.image_of, files.files, self.tools)

    def look_at(self, hosts: Iterable[Host]) -> None:
        """See what differed on the hosts, while they are there."""
        for host in hosts:
            for _, use in recorded(host.root):
                difference = Difference(f"{use.program}: {use.what}", use.before, use.after, use.reason)
                self.differences.setdefault(difference)

    async def measure(self, deployment: Deployment) -> Measured:
        """Return the figures of a real engine; a stand-in has none."""
        if any(use.program == "sglang" for host in deployment.hosts for _, use in recorded(host.root)):
            return Measured()
        processes = [
            ProcessSeen(host.name, each.name, each.share)
            for host in deployment.hosts
            for each in (await memory_by_process(host))[:PROCESSES]
        ]
        url, place = deployment.endpoints()[VPC].removesuffix("/v1"), deployment.sides[VPC]
        model = await first_model(place, url, deployment.key)
        loads = await measure_load(place, url, model, deployment.key, seconds=LOAD_SECONDS)
        seen = [
            LoadSeen(
                load.clients,
                load.requests_per_second,
                load.tokens_per_second,
                load.first_token_median,
                load.first_token_p95,
                len(load.failures),
            )
            for load in loads
        ]
        return Measured(tuple(seen), tuple(processes))


async def first_model(place: Vantage, url: str, key: str) -> str:
    """Return the name of the first model that the API lists."""
    header = f"Authorization: Bearer {key}\n"
    done = await place.run(["curl", "-sS", "--noproxy", "*", "-H", "@-", f"{url}/v1/models"], input=header)
    return str(json.loads(done.stdout)["data"][0]["id"])


def stage_for(project: Project, package: Path) -> LocalStage:
    """Return the stage for a project's package; what takes long is made here, once.

    Raises EngineMissing, CannotPrepare, NoImageBuild.
    """
    artifacts: dict[str, str] = {}
    environment = find_environment(Path(project.root))
    image_of = ecs_images(package, project.catalog, environment, artifacts.get)
    # The client that the Python samples ask for; the engine's own API is checked with it.
    binds = {inside.ENGINE: environment.folder}
    if environment.base is not None:
        binds[str(environment.base)] = environment.base
    return LocalStage(image_of, Tools(binds, (f"{inside.ENGINE}/bin",)), artifacts)
