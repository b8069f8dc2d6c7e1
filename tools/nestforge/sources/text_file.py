"""Read a text file of the project, or say why it cannot be one."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8

from nestforge.model.diagnostic import Diagnostic, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

LARGEST = 1024 * 1024
"""Bytes. The largest text of a service is its template, which ROS limits to 512 KiB."""


def read_text(root: str | PathLike[str], relative: str, report: list[Diagnostic], largest: int = LARGEST) -> str | None:
    """Return the text of `root/relative`; None after adding to `report` why there is none.

    A file may not lead out of the project, neither by `..` nor by a symbolic link: what is published
    must be what the project holds.
    """
    content = read_bytes(root, relative, report, largest)
    return None if content is None else text_of(content, relative, report, largest)


def text_of(content: bytes, relative: str, report: list[Diagnostic], largest: int = LARGEST) -> str | None:
    """Return what the bytes of a file say; None after adding to `report` why they are no text."""
    if len(content) > largest:
        message = f"this file has more than {largest:,} bytes"
        report.append(_fault(relative, "R1003", "file-too-large", message))
        return None
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        message, help = "this is a binary file, expected text", "put the text in its place, or move the file elsewhere"
        report.append(_fault(relative, "R1005", "not-text", message, help, line))
        return None
    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        report.append(_fault(relative, "R1005", "not-text", message, "save the file as UTF-8", line))
        return None
    if not text.strip():
        report.append(_fault(relative, "R1004", "empty-file", "this file is empty", "write it, or remove it"))
        return None
    return text.replace("\r\n", "\n")


def read_bytes(root: str | PathLike[str], relative: str, report: list[Diagnostic], largest: int) -> bytes | None:
    """Return the bytes of `root/relative`; None after adding to `report` why there are none."""
    path = os.path.join(root, relative)
    if not _is_plain(root, relative) and not _is_inside(root, path):
        message = f"'{relative}' leads out of the project"
        report.append(_fault(relative, "R1002", "outside-project", message, "copy the file into the project"))
        return None
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):  # to read a pipe would wait for a writer
            message = "this is not a regular file, but a folder, a pipe or a device"
            report.append(_fault(relative, "R1001", "missing-file", message, "put a regular file in its place"))
        elif status.st_size > largest:
            message = f"this file has {status.st_size:,} bytes, expected at most {largest:,}"
            report.append(_fault(relative, "R1003", "file-too-large", message, "make it smaller, or move it elsewhere"))
        else:
            with open(path, "rb", buffering=0) as file:
                return file.readall()
    except FileNotFoundError:
        from nestforge.model.near_miss import did_you_mean

        folder, name = os.path.split(path)
        siblings = os.listdir(folder) if os.path.isdir(folder) else []
        message = f"there is no file '{relative}'"
        help = did_you_mean(name, siblings) or "write it, or take out what names it"
        report.append(_fault(relative, "R1001", "missing-file", message, help))
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        report.append(_fault(relative, "R1001", "missing-file", message, "mend the rights of the file and its folders"))
    return None


def _is_plain(root: str | PathLike[str], relative: str) -> bool:
    """Return whether the way to a file goes down from folder to folder, and over no link."""
    way = os.fspath(root)
    for part in relative.split("/"):
        way = f"{way}/{part}"
        if part in ("", "..") or os.path.islink(way):
            return False
    return True


def _is_inside(root: str | PathLike[str], path: str) -> bool:
    inside, actual = os.path.realpath(root), os.path.realpath(path)
    return actual == inside or actual.startswith(os.path.join(inside, ""))


def _fault(path: str, code: str, name: str, message: str, help: str | None = None, line: int = 1) -> Diagnostic:
    return Diagnostic(Span(path, line), code, name, message, help)
