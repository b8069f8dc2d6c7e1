"""The flags are read out of a wheel as it is published, whichever way its parser is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import checks.engine_flags
from checks.engine_flags.parsers import flags_of
from checks.engine_flags.sources import Sources
from nestforge.lint.engine_flags import FOLDER, Flag, Table, read_table, tables, written

VLLM = {
    "vllm/entrypoints/openai/cli_args.py": """
def make_arg_parser(parser):
    parser.add_argument("--host", type=optional_type(str))
    parser.add_argument("--headless", action="store_true")
""",
    "vllm/utils/__init__.py": """
class StoreBoolean(Action):
    pass
""",
    "vllm/config/__init__.py": "from vllm.config.cache import CacheConfig as Cache\n",
    "vllm/config/cache.py": """
from typing import Literal
Size = Literal[8, 16]
@config
class CacheConfig:
    block_size: Size | None = 8
    dtype: Literal["auto", "fp8"] | str = "auto"
    prefix: bool = True
    share: float = 0.9
    hidden: tuple[int, ...] = ()
    extra: dict[str, int] | None = None
""",
    "vllm/engine/arg_utils.py": """
from enum import Enum
from vllm.config import Cache
from vllm.utils import StoreBoolean
class Format(Enum):
    AUTO = "auto"
    HF = "hf"
class EngineArgs:
    @staticmethod
    def add_cli_args(parser):
        kwargs = get_kwargs(Cache)
        kwargs["share"]["type"] = json.loads
        group = parser.add_argument_group()
        group.add_argument("--block-size", **kwargs["block_size"])
        group.add_argument("--cache-dtype", **kwargs["dtype"])
        group.add_argument("--enable-prefix", **{**kwargs["prefix"], "default": None})
        group.add_argument("--share", "-s", **kwargs["share"])
        group.add_argument("--hidden", **kwargs["hidden"])
        group.add_argument("--extra", **kwargs["extra"])
        parser.add_argument("--format", choices=[f.value for f in Format])
        parser.add_argument("--made", choices=list(made_at_run_time()))
        parser.add_argument("--chunked", action=StoreBoolean, nargs="?", const="True")
        parser.add_argument("positional")
""",
}

SGLANG = {
    "sglang/srt/fields.py": "",
    "sglang/srt/fields/__init__.py": "",
    "sglang/srt/fields/model.py": """
CHOICES = ["auto", *MORE]
MORE = ["none"]
class Model:
    model_path: A[str, Arg(help="x", aliases=["--model"])]
    tp_size: A[int, "the number"] = 1
    names: A[Optional[list[str]], "the names"] = None
    load: A[str, Arg(help="x", choices=CHOICES)] = "auto"
    quiet: A[bool, "say nothing"] = False
    inner: int = 0
    unseen: A[int, Arg(no_cli=True)] = 0
""",
    "sglang/srt/server_args.py": """
from sglang.srt.fields.model import Model
from sglang.srt.actions import Old
class ServerArgs:
    def add_cli_args(parser):
        add_cli_args_from_dataclass(parser, ServerArgs)
        parser.add_argument("--old", action=Old)
ServerArgs = collect(ServerArgs)
""",
    "sglang/srt/actions.py": """
class Old(Action):
    def __init__(self, option_strings, dest, nargs=0, **kwargs):
        pass
""",
}


RAY = {
    "ray/scripts/scripts.py": """
from ray.logging import add_logging_options
@cli.command()
@click.option("--head", is_flag=True, default=False)
@click.option("--port", type=int, required=False)
@click.option("--include-dashboard", default=None, type=bool)
@click.option("--system-config", type=json.loads)
@click.option("--temp-dir", default=None)
@add_logging_options
@PublicAPI
def start(head, port):
    pass
@cli.command()
@click.option("--force", is_flag=True)
def stop(force):
    pass
""",
    "ray/logging.py": """
OPTIONS = [click.option("--style", type=click.Choice(["a"])), click.option("-v", "--verbose", count=True)]
def add_logging_options(function):
    for option in reversed(OPTIONS):
        function = option(function)
    return function
""",
}


def flags(engine: str, files: dict[str, str], folder: Path) -> dict[str, Flag]:
    wheel = folder / f"{engine}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return {flag.names[0]: flag for flag in flags_of(engine, Sources(wheel))}


def test_vllm_s_flags_are_the_calls_and_the_fields_of_its_configuration(tmp_path: Path) -> None:
    found = flags("vllm", VLLM, tmp_path)
    assert {name: flag[1:] for name, flag in found.items()} == {
        "--host": ("one", "str", ()),
        "--headless": ("none", "bool", ()),
        "--block-size": ("one", "int", ("8", "16")),
        "--cache-dtype": ("one", "str", ()),
        "--enable-prefix": ("none", "bool", ()),
        "--share": ("one", "json", ()),
        "--hidden": ("many", "int", ()),
        "--extra": ("one", "json", ()),
        "--format": ("one", "str", ("auto", "hf")),
        "--made": ("one", "str", ()),
        "--chunked": ("maybe", "boolean", ()),
    }
    assert found["--enable-prefix"].names == ("--enable-prefix", "--no-enable-prefix")
    assert found["--share"].names == ("--share", "-s")


def test_sglang_s_flags_are_its_annotated_fields(tmp_path: Path) -> None:
    found = flags("sglang", SGLANG, tmp_path)
    assert {flag.names: flag[1:] for flag in found.values()} == {
        ("--model-path", "--model"): ("one", "str", ()),
        ("--tp-size",): ("one", "int", ()),
        ("--names",): ("many", "str", ()),
        ("--load",): ("one", "str", ("auto", "none")),
        ("--quiet",): ("none", "bool", ()),
        ("--old",): ("none", "str", ()),
    }


def test_ray_s_flags_are_the_options_of_the_command_and_of_its_decorators(tmp_path: Path) -> None:
    found = flags("ray", RAY, tmp_path)
    assert {flag.names: flag[1:] for flag in found.values()} == {
        ("--head",): ("none", "bool", ()),
        ("--port",): ("one", "int", ()),
        ("--include-dashboard",): ("one", "word", ()),
        ("--system-config",): ("one", "json", ()),
        ("--temp-dir",): ("one", "str", ()),
        ("--style",): ("one", "str", ()),
        ("-v", "--verbose"): ("none", "bool", ()),
    }


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    table = Table("vllm", "1.0", "a.whl, sha256 0", "2026-01-01", (Flag(("--a", "-a"), "one", "int", ("1", "2")),))
    path = tmp_path / "vllm-1.0.txt"
    path.write_text(written(table), encoding="utf-8")
    assert read_table(path) == table


def test_each_version_that_is_asked_for_has_its_table() -> None:
    wanted = Path(checks.engine_flags.__file__).with_name("versions.txt").read_text(encoding="utf-8").split()
    assert sorted(path.stem for path in Path(FOLDER).iterdir()) == sorted(name.replace("==", "-") for name in wanted)
    versions = [table.version for table in tables("vllm")]
    assert versions.index("0.9.2") < versions.index("0.11.0")
