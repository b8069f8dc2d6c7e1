"""Download the engines' wheels of versions.txt, one after the other, and write a table of flags for each.

A wheel has hundreds of megabytes: it is read, and deleted before the next one comes.
A folder that holds them already may be given instead.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from checks.engine_flags.parsers import flags_of
from checks.engine_flags.sources import Sources
from nestforge.lint.engine_flags import FOLDER, Table, read_table, written

VERSIONS = Path(__file__).parent / "versions.txt"
_PYTHON = "3.11"
"""Of the wheels that are made for each Python: any would do, and always the same gives the same table."""


def main(arguments: list[str]) -> int:
    """Write the tables and say how many flags each holds."""
    for wanted in VERSIONS.read_text(encoding="utf-8").split():
        engine, _, version = wanted.partition("==")
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(arguments[0] if arguments else temporary)
            if not arguments:
                _download(wanted, folder)
            wheel = next(folder.glob(f"{engine}-{version}-*.whl"))
            sources = Sources(wheel)
        flags = tuple(sorted(flags_of(engine, sources)))
        path = Path(FOLDER) / f"{engine}-{version}.txt"
        path.parent.mkdir(exist_ok=True)
        origin = f"{sources.file}, sha256 {sources.digest}"
        path.write_text(written(Table(engine, version, origin, _date(path, origin), flags)), encoding="utf-8")
        print(f"{engine} {version}: {len(flags)} flags, {path.stat().st_size} bytes")
    return 0


def _download(wanted: str, folder: Path) -> None:
    print(wanted, flush=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--python-version", _PYTHON]
    subprocess.run([*command, "--dest", str(folder), wanted], check=True)


def _date(path: Path, origin: str) -> str:
    """Return today, or the day on which the table was made of the very same wheel: equal inputs, equal file."""
    if path.exists() and (before := read_table(path)).origin == origin:
        return before.date
    return datetime.now(UTC).date().isoformat()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
