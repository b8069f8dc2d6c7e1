from __future__ import annotations

import json
from pathlib import Path

from tests.rehearsal.standins.host import image

from nestforge.rehearse.image import EcsImage
from nestforge.rehearse.standins.files import BOOT, MODULES, binds, files
from nestforge.rehearse.standins.programs.facts import HOST_FACTS


def test_every_program_is_where_a_shell_finds_it_first() -> None:
    found = files(EcsImage("m-test"))
    for name in MODULES:
        assert found[f"/usr/local/sbin/{name}"] == found[f"/usr/bin/{name}"]
        assert found[f"/usr/bin/{name}"][1] == 0o755
    assert found[BOOT][1] == 0o755


def test_a_host_without_rdma_has_no_device() -> None:
    assert not [path for path in files(EcsImage("m-test")) if "infiniband" in path]
    assert "/sys/class/infiniband/erdma_0/ports/1/state" in files(image(Path("/engine")))


def test_folders_of_containers_are_where_the_facts_say() -> None:
    facts = json.loads(files(image(Path("/engine")))[HOST_FACTS][0])
    (container,) = facts["images"]
    assert binds(image(Path("/engine"))) == {container["binds"]["/engine"]: Path("/engine")}


def test_programs_import_nothing_that_a_host_lacks() -> None:
    imported = {
        line.split()[1]
        for path, (content, _) in files(EcsImage("m-test")).items()
        if path.endswith(".py")
        for line in content.decode().splitlines()
        if line.strip().startswith("from nestforge")
    }
    assert imported
    assert all(name.startswith("nestforge.rehearse.standins.programs") for name in imported)
