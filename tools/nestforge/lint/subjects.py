"""What the paths of a command line name: projects, Compute Nest packages, and single templates."""

from __future__ import annotations

import os

from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PROJECT_MARK = "service/service.yaml"
PACKAGE_MARK = ".computenest"
_TEMPLATES = (".yaml", ".yml", ".json", ".template")
_TELLTALE = b"ROSTemplateFormatVersion"
_NOT_OURS = frozenset({"node_modules", "__pycache__", "site-packages"})


class Subject(NamedTuple):
    """One thing to check: a `project` or `package` by its folder, a `template` by its file.

    `shown` is how findings name it: the folder or file as the user wrote it. Of a template, `found` says
    whether it was found by searching: then a file that is no template is passed over.
    """

    kind: str
    path: str
    shown: str
    found: bool = False


def subjects(paths: Sequence[str], excluded: Callable[[str], bool]) -> list[Subject]:
    """Return what is to be checked, each thing once; folders are searched, hidden ones and `excluded` left out."""
    every = [subject for path in paths for subject in _named(path, excluded)]
    return list({(subject.kind, os.path.realpath(subject.path)): subject for subject in every}.values())


def whole_of(path: str) -> tuple[str, str] | None:
    """Return kind and folder of the project or package that `path` is checked with, if not by itself.

    By themselves are checked projects, packages, templates, and folders that have some.
    """
    is_folder = os.path.isdir(path)
    folder = os.path.abspath(path if is_folder else os.path.dirname(path))
    while (kind := _kind_of(folder)) is None:
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above
    if is_folder:
        is_own = any(True for _ in _named(path, lambda _: False))
    else:
        is_own = path.endswith(_TEMPLATES) and _may_be_template(path)
    return None if is_own else (kind, folder)


def _named(path: str, excluded: Callable[[str], bool]) -> Iterator[Subject]:
    if not os.path.isdir(path):
        yield Subject("template", path, path)
        return
    if os.path.basename(os.path.normpath(path)) == PACKAGE_MARK:
        path = os.path.dirname(os.path.normpath(path)) or "."
    kind = _kind_of(path)
    if kind is not None:
        yield Subject(kind, path, path)
        return
    for folder, folders, names in os.walk(path):
        inside = [os.path.join(folder, name) for name in sorted(folders) if _is_searched(name)]
        inside = [below for below in inside if not excluded(below)]
        yield from (Subject(found, below, below) for below in inside if (found := _kind_of(below)))
        folders[:] = [os.path.basename(below) for below in inside if not _kind_of(below)]
        for name in sorted(names):
            file = os.path.join(folder, name)
            if name.endswith(_TEMPLATES) and not name.startswith(".") and not excluded(file) and _may_be_template(file):
                yield Subject("template", file, file, found=True)


def _kind_of(folder: str) -> str | None:
    if os.path.isfile(os.path.join(folder, PROJECT_MARK)):
        return "project"
    if os.path.lexists(os.path.join(folder, PACKAGE_MARK)):
        return "package"
    return None


def _is_searched(name: str) -> bool:
    return not name.startswith(".") and name not in _NOT_OURS


def _may_be_template(path: str) -> bool:
    """Return whether a file names what every ROS template has; only regular files are opened."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return _TELLTALE in file.read()
    except OSError:
        return True  # what cannot be read is reported when it is checked
