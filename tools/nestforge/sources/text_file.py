"""Read a text file of the project, or say why it cannot be one."""

from __future__ import annotations

import os
from pathlib import Path

from nestforge.model.diagnostic import Diagnostic, Span

LARGEST = 1024 * 1024
"""Bytes. The largest text of a service is its template, which ROS limits to 512 KiB."""


def read_text(root: Path, relative: str, report: list[Diagnostic]) -> str | None:
    """Return the text of `root/relative`; None after adding to `report` why there is none.

    A file may not lead out of the project, neither by `..` nor by a symbolic link: what is published
    must be what the project holds.
    """
    content = read_bytes(root, relative, report, LARGEST)
    if content is None:
        return None
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        return _refuse(report, relative, "R1005", "not-text", "this is a binary file, expected text", line=line)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return _refuse(report, relative, "R1005", "not-text", message, "save the file as UTF-8", line)
    if not text.strip():
        return _refuse(report, relative, "R1004", "empty-file", "this file is empty")
    return text.replace("\r\n", "\n")


def read_bytes(root: Path, relative: str, report: list[Diagnostic], largest: int) -> bytes | None:
    """Return the bytes of `root/relative`; None after adding to `report` why there are none."""
    path = root / relative
    inside = os.path.realpath(root)
    actual = os.path.realpath(path)
    if actual != inside and not actual.startswith(inside + os.sep):
        message = f"'{relative}' leads out of the project"
        return _refuse(report, relative, "R1002", "outside-project", message, "copy the file into the project")
    try:
        size = path.stat().st_size
        if size > largest:
            message = f"this file has {size:,} bytes, expected at most {largest:,}"
            return _refuse(report, relative, "R1003", "file-too-large", message)
        return path.read_bytes()
    except FileNotFoundError:
        from nestforge.model.near_miss import did_you_mean

        siblings = os.listdir(path.parent) if path.parent.is_dir() else []
        message = f"there is no file '{relative}'"
        return _refuse(report, relative, "R1001", "missing-file", message, did_you_mean(path.name, siblings))
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        return _refuse(report, relative, "R1001", "missing-file", message)


def _refuse(
    report: list[Diagnostic],
    path: str,
    code: str,
    name: str,
    message: str,
    help: str | None = None,
    line: int = 1,
) -> None:
    report.append(Diagnostic(Span(path, line), code, name, message, help))
