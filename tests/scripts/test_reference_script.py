"""The scripts of the service document against those that run on the nodes."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.scripts.node_host import RECORD, Host
from tests.scripts.test_roles import ARGUMENTS, become

from nestforge.assemble.reference_script import own_lines, reference_script

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

    Serve = Callable[[type[BaseHTTPRequestHandler], str], int]


@pytest.mark.parametrize(("engine", "role"), ARGUMENTS)
def test_the_documented_script_starts_what_the_deployment_started(
    host: Host, web: Serve, engine: str, role: str
) -> None:
    ran = host.run(become(host, engine, role, web))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    offered = next(one for one in host.project.catalog.engines if one.id == engine)
    own = host.values["MASTER_IP" if role == "master" else "WORKER_IP"]
    values = {**host.values, "NODE_IP": own, "NIC": "eth7"}
    text = "\n".join(
        f"{name[1]}={shlex.quote(values[name[1]])}"
        if (name := re.match(r"(\w+)=", line)) and name[1] in values
        else line
        for line in reference_script(host.project, offered, role).splitlines()
    )
    host.set("bin/sudo", RECORD + 'exec "$@"\n')
    (host.root / "bin/sudo").chmod(0o755)
    typed = subprocess.run(
        ["bash", "-eu", "-s"], input=text, capture_output=True, text=True, check=False, env=host.environment()
    )
    assert typed.returncode == 0, typed.stdout + typed.stderr
    deployed, documented = (words for words in host.calls("docker") if words[0] == "run")
    if engine.startswith("vllm") and role == "worker":
        pause = deployed.index("14") + 1
        assert (deployed[pause], documented[pause]) == ("0", "5"), "the pause of a test and the real one"
        documented[pause] = "0"
    assert documented == deployed
    assert not re.search(r"(?m)(^|\s)#", text), "a comment behind a continued line would end the command there"


def test_a_call_of_a_library_is_left_out_with_the_lines_that_it_goes_on_in() -> None:
    text = "set -eu\n# why\nprepare\nrun it \\\n  now\n"
    text += "wait_for 5 \\\n  'the head' \\\n  answers\nif x; then\n  wait_for 5 y\nfi\n"
    kept = own_lines(text, {"prepare", "wait_for"})
    assert kept == [(4, "run it \\"), (5, "  now"), (9, "if x; then"), (10, "  wait_for 5 y"), (11, "fi")]
