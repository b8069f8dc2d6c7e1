"""What a page is made from: a project, a package in its folder, or one template, each with the linter's findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.assemble.layout import CONFIG
from nestforge.lint.check import check_package, check_template
from nestforge.lint.project import check_project
from nestforge.lint.settings import settings_for
from nestforge.sources.text_file import read_bytes, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.lint.subjects import Subject
    from nestforge.model.diagnostic import Diagnostic
    from nestforge.model.project import Project

LARGEST_PICTURE = 8 * 1024 * 1024
"""Bytes. A larger one is named in its place."""

_DOCUMENTS = ("docs", ".computenest/docs")
_TEMPLATES = ".computenest/ros_templates"
_TEMPLATE_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Material:
    """`config` is the text of config.yaml; `templates` and `documents` are texts by their place in the package.

    `read` returns any file of the package. The findings name the files that their author edits; `project` is there
    for a project alone.
    """

    title: str
    read: Callable[[str], bytes | None]
    config: str | None = None
    templates: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    project: Project | None = None


def material_of(subject: Subject) -> Material:
    """Return what a project, a package or a template has to show; what is wrong with it is in its findings."""
    match subject.kind:
        case "project":
            return _project(subject.path)
        case "package":
            return _package(subject.path)
        case _:
            return _template(subject.path)


def _project(root: str) -> Material:
    findings: list[Diagnostic] = []
    settings = settings_for(root, findings)
    checked = check_project(root, settings)
    title = Path(root).resolve().name
    findings += checked.findings
    if checked.build is None:
        return Material(title, lambda path: None, findings=tuple(findings))
    files = checked.build.files
    texts = {path: content.decode() for path, content in files.items() if path.endswith((".md", *_TEMPLATE_ENDINGS))}
    return Material(
        checked.build.project.service.id,
        files.get,
        texts.get(CONFIG),
        {path: text for path, text in texts.items() if path.startswith(f"{_TEMPLATES}/")},
        {path: text for path, text in texts.items() if path.endswith(".md")},
        tuple(findings),
        checked.build.project,
    )


def _package(root: str) -> Material:
    findings: list[Diagnostic] = []
    settings = settings_for(root, findings)
    found, _ = check_package(Path(root), settings)

    def read(path: str) -> bytes | None:
        return read_bytes(root, path, [], LARGEST_PICTURE)

    return Material(
        Path(root).resolve().name,
        read,
        read_text(root, CONFIG, []),
        _texts_below(root, (_TEMPLATES,), _TEMPLATE_ENDINGS),
        _texts_below(root, _DOCUMENTS, (".md",)),
        (*findings, *found),
    )


def _texts_below(root: str, folders: tuple[str, ...], endings: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for top in folders:
        for file in sorted(Path(root, top).rglob("*")):
            path = file.relative_to(root).as_posix()
            text = read_text(root, path, []) if path.endswith(endings) and file.is_file() else None
            if text is not None:
                found[path] = text
    return found


def _template(path: str) -> Material:
    folder, name = str(Path(path).parent), Path(path).name
    findings: list[Diagnostic] = []
    text = read_text(folder, name, findings)
    if text is None:
        return Material(name, lambda path: None, findings=tuple(findings))
    found = check_template(text, name, settings_for(folder, findings))
    return Material(name, lambda path: None, templates={name: text}, findings=(*findings, *found))
