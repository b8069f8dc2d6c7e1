"""Findings that are known already: a file of them, so that only new ones are shown."""

from __future__ import annotations

import json
from collections import Counter

from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nestforge.model.diagnostic import Diagnostic

_Known = tuple[str, str, str]


class BaselineUnusable(NestforgeError):
    """The file of known findings is not there, or is none."""

    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}", help=f"write it with --baseline {path} --write-baseline")


def write_baseline(path: Path, findings: Sequence[Diagnostic]) -> None:
    """Write the file. A finding is known by its file, code and message: it may move within the file."""
    counted = sorted(Counter(map(_key, findings)).items())
    entries = [{"path": p, "code": code, "message": message, "count": n} for (p, code, message), n in counted]
    text = json.dumps({"schema": 1, "findings": entries}, ensure_ascii=False, indent=1) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BaselineUnusable(path, f"cannot be written: {error.strerror}") from error


def without_known(path: Path, findings: Sequence[Diagnostic]) -> tuple[list[Diagnostic], int]:
    """Return the findings that are not in the file at `path`, and how many entries of it no longer occur.

    Raises BaselineUnusable.
    """
    known = _read(path)
    new = []
    for found in findings:
        if known[_key(found)] > 0:
            known[_key(found)] -= 1
        else:
            new.append(found)
    return new, known.total()


def _key(found: Diagnostic) -> _Known:
    return found.span.path, found.code, found.message


def _read(path: Path) -> Counter[_Known]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != 1:
            raise BaselineUnusable(path, f"is of schema {data['schema']}, this nestforge knows 1")
        return Counter({(e["path"], e["code"], e["message"]): int(e["count"]) for e in data["findings"]})
    except FileNotFoundError as error:
        raise BaselineUnusable(path, "there is no such file") from error
    except OSError as error:
        raise BaselineUnusable(path, f"cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineUnusable(path, "this is no file of known findings") from error
