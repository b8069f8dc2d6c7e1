from __future__ import annotations

import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.own_project import command_text, own_template

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


def header(values: dict[str, str]) -> str:
    """Return the command up to its bootstrap, where the values are set and nothing has run yet."""
    whole = command_text("MasterCommand", values, "vllm-0.8.5.post1", "vllm")
    return whole[: whole.index("engine_settings() {")]


@settings(max_examples=60, deadline=None)
@given(st.lists(any_text | hostile, min_size=len(VALUES), max_size=len(VALUES)))
def test_any_value_reaches_the_script_unchanged(given_values: list[str]) -> None:
    values = dict(zip(VALUES, given_values, strict=True))
    script = header(values) + "printf '%s\\0' " + " ".join(f'"${name}"' for name in VALUES)
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={"PATH": "/usr/bin:/bin"})
    assert done.stdout.decode().split("\0")[:-1] == given_values
    assert not done.stderr


def test_no_value_reaches_the_environment_of_what_the_script_starts() -> None:
    values = dict.fromkeys(VALUES, "only-in-the-shell")
    done = subprocess.run(["bash", "-c", header(values) + "env"], capture_output=True, text=True, check=True)
    assert "only-in-the-shell" not in done.stdout


def test_every_value_passes_through_base64() -> None:
    def content(command: str) -> object:
        resources = own_template()["Resources"]
        assert isinstance(resources, dict)
        return resources[command]["Properties"]["CommandContent"]["Fn::Join"][1][0]["Fn::Sub"][1]

    for command in ("MasterCommand", "WorkerCommand", "FinalCheck"):
        names = content(command)
        assert isinstance(names, dict)
        assert all(list(source) == ["Fn::Base64Encode"] for source in names.values())
