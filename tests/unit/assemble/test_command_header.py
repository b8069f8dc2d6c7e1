from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.own_project import command_text, own_build, own_template

if TYPE_CHECKING:
    from nestforge.model.catalog import OfferedEngine

VALUES = (
    "NODE_ROLE",
    "MODEL",
    "ENGINE",
    "MAX_MODEL_LEN",
    "GPU_MEMORY_UTILIZATION",
    "API_KEY",
    "MASTER_IP",
    "WORKER_IP",
    "NOTIFY",
    "NODE_TOOLS_URL",
    "IMAGE_BUILD",
)

any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
hostile = st.sampled_from(
    [
        "",
        "\n",
        "a\n\n",
        "'",
        '"',
        "$(id)",
        "`id`",
        "${HOME}",
        "\\",
        "-n",
        "!!",
        "'; exit 9; '",
        "密钥🔑",
        "\r\n",
        "a b\tc ",
    ]
)


def _name(value: object) -> str:
    return value if isinstance(value, str) else str(getattr(value, "id", value))


COMMANDS = ("MasterCommand", "WorkerCommand", "FinalCheck")
each_command = pytest.mark.parametrize(
    ("command", "engine"),
    [(command, engine) for engine in own_build().project.catalog.engines for command in COMMANDS],
    ids=_name,
)


def header(values: dict[str, str], command: str, engine: OfferedEngine) -> str:
    """Return the command up to its bootstrap, where the values are set and nothing has run yet."""
    whole = command_text(command, values, engine.id, engine.engine.id)
    return whole[: whole.index("engine_settings() {")]


@each_command
@settings(max_examples=15, deadline=None)
@given(given_values=st.lists(any_text | hostile, min_size=len(VALUES), max_size=len(VALUES)))
def test_any_value_reaches_the_script_unchanged(command: str, engine: OfferedEngine, given_values: list[str]) -> None:
    values = dict(zip(VALUES, given_values, strict=True))
    script = header(values, command, engine) + "printf '%s\\0' " + " ".join(f'"${name}"' for name in VALUES)
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={"PATH": "/usr/bin:/bin"})
    assert done.stdout.decode().split("\0")[:-1] == given_values
    assert not done.stderr


@each_command
def test_no_value_reaches_the_environment_of_what_the_script_starts(command: str, engine: OfferedEngine) -> None:
    values = dict.fromkeys(VALUES, "only-in-the-shell")
    script = header(values, command, engine) + "env"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert "only-in-the-shell" not in done.stdout


def test_every_value_passes_through_base64() -> None:
    def content(command: str) -> object:
        resources = own_template()["Resources"]
        assert isinstance(resources, dict)
        return resources[command]["Properties"]["CommandContent"]["Fn::Join"][1][0]["Fn::Sub"][1]

    for command in COMMANDS:
        names = content(command)
        assert isinstance(names, dict)
        assert all(list(source) == ["Fn::Base64Encode"] for source in names.values())
