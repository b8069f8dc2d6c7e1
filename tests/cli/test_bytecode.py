"""The modules come from one file, and what changes in a source counts at once."""

from __future__ import annotations

import os
import subprocess
import sys
from shutil import copytree, ignore_patterns
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

RUN = """
import sys
from nestforge import cli
from nestforge.cli.bytecode import _Loader
sys.argv[1:] = ["explain", "R3001"]
cli.main()
modules = [module for name, module in sys.modules.items() if name.startswith("nestforge.")]
print(sum(isinstance(module.__spec__.loader, _Loader) for module in modules), len(modules))
"""
LINT = """
import sys
from nestforge.cli.bytecode import Modules
modules = Modules()
modules.install()
from nestforge.cli import main
main(["lint", "--no-cache", "template.yaml"])
modules.keep_what_was_missed()
print(*sorted({"re", "enum", "typing", "json"} & sys.modules.keys()))
"""
READ_BY_TWO = """
import os
from nestforge.cli.bytecode import Modules
modules = Modules()
place = os.lseek(modules._file.fileno(), 0, os.SEEK_CUR)
child = os.fork()
if child == 0:
    os._exit(0 if modules.find_spec("nestforge.cli.explain").loader.get_code("nestforge.cli.explain") else 1)
print(os.waitpid(child, 0)[1], os.lseek(modules._file.fileno(), 0, os.SEEK_CUR) == place)
"""
TEMPLATE = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone: {Type: String, Label: {en: Zone}}
Resources:
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: {"Fn::Sub": "vpc-${Zone}"}
      SecurityGroupIngress: [{PortRange: 80/80, IpProtocol: tcp, SourceCidrIp: 10.0.0.0/8}]
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of the package, as freshly installed."""
    copytree(ROOT / "tools" / "nestforge", tmp_path / "nestforge", ignore=ignore_patterns("__pycache__"))
    return tmp_path


def run(installed: Path, **more: str) -> tuple[str, int, int]:
    """Return what a command says, how many of its modules are from the one file, and how many there are."""
    *said, counts = printed(installed, RUN, **more)
    from_file, modules = map(int, counts.split())
    return "\n".join(said), from_file, modules


def printed(installed: Path, program: str, **more: str) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command, environment = [sys.executable, "-c", program], {**kept, "PYTHONPATH": str(installed), **more}
    done = subprocess.run(command, env=environment, cwd=installed, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()


def files(installed: Path) -> list[Path]:
    return list((installed / "nestforge" / "__pycache__").glob("*.modules*"))


def test_the_second_run_has_its_modules_from_one_file(installed: Path) -> None:
    said, from_file, modules = run(installed)
    assert (from_file, len(files(installed))) == (0, 1)
    again, from_file, now = run(installed)
    assert (again, now) == (said, modules)
    assert modules - from_file == 2  # the two that come before the file is opened


def test_the_second_check_of_a_template_has_its_regular_expressions_from_the_file(installed: Path) -> None:
    (installed / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    *first, loaded = printed(installed, LINT)
    assert loaded == "enum re"
    assert printed(installed, LINT) == [*first, ""]


def test_what_a_forked_process_reads_moves_nothing_in_this_one(installed: Path) -> None:
    run(installed)
    assert printed(installed, READ_BY_TWO) == ["0 True"]


def test_a_change_of_a_source_counts(installed: Path) -> None:
    said, _, _ = run(installed)
    source = installed / "nestforge" / "cli" / "explain.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("def execute(", 'print("changed")\n\n\ndef execute('), encoding="utf-8")
    assert run(installed)[0] == f"changed\n{said}"
    source.unlink()
    with pytest.raises(subprocess.CalledProcessError):
        run(installed)


@pytest.mark.parametrize("content", [b"", b"\0\0\0\1", b"\xff" * 100, b"\0\0\0\x04" + b"i" * 400])
def test_a_damaged_file_is_not_missed(installed: Path, content: bytes) -> None:
    said, _, _ = run(installed)
    files(installed)[0].write_bytes(content)
    assert run(installed)[:2] == (said, 0)
    again, from_file, _ = run(installed)
    assert again == said
    assert from_file > 0


def test_nothing_is_written_where_python_may_not_write(installed: Path) -> None:
    run(installed, PYTHONDONTWRITEBYTECODE="1")
    run(installed, PYTHONPYCACHEPREFIX=str(installed / "elsewhere"))
    assert files(installed) == []
