"""What a page is made from: a project, a package in its folder, or one template, each with the linter's findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.assemble.layout import CONFIG
from nestforge.lint.check import check_loaded, check_package
from nestforge.lint.project import check_project
from nestforge.lint.settings import settings_for
from nestforge.sources.template import load_template
from nestforge.sources.text_file import LARGEST, read_bytes, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.lint.subjects import Subject
    from nestforge.model.diagnostic import Diagnostic
    from nestforge.model.project import Project
    from nestforge.sources.template import Template

LARGEST_TEMPLATE = 16 * 1024 * 1024
"""Bytes. ROS takes 512 KiB: what exceeds that is shown with the finding that says so."""

LARGEST_PICTURE = 8 * 1024 * 1024
"""Bytes. A larger one is named in its place."""

_DOCUMENTS = ("docs", ".computenest/docs")
_TEMPLATES = ".computenest/ros_templates"
_TEMPLATE_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Material:
    """`config` is the text of config.yaml; `templates` and the texts of `documents` go by their place in the package.

    Templates that cannot be read are in the findings alone, which name the files that their author edits. `read`
    returns any file of the package; `project` is there for a project alone.
    """

    title: str
    read: Callable[[str], bytes | None]
    config: str | None = None
    templates: dict[str, Template] = field(default_factory=dict)
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
        _templates({path: text for path, text in texts.items() if path.startswith(f"{_TEMPLATES}/")}),
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
        _templates(_texts_below(root, (_TEMPLATES,), _TEMPLATE_ENDINGS, LARGEST_TEMPLATE)),
        _texts_below(root, _DOCUMENTS, (".md",), LARGEST),
        (*findings, *found),
    )


def _templates(texts: Mapping[str, str]) -> dict[str, Template]:
    loaded = {path: load_template(text, path, []) for path, text in texts.items()}
    return {path: template for path, template in loaded.items() if template is not None}


def _texts_below(root: str, folders: tuple[str, ...], endings: tuple[str, ...], largest: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for top in folders:
        for file in sorted(Path(root, top).rglob("*")):
            path = file.relative_to(root).as_posix()
            text = read_text(root, path, [], largest) if path.endswith(endings) and file.is_file() else None
            if text is not None:
                found[path] = text
    return found


def _template(path: str) -> Material:
    folder, name = str(Path(path).parent), Path(path).name
    findings: list[Diagnostic] = []
    text = read_text(folder, name, findings, LARGEST_TEMPLATE)
    template = load_template(text, name, findings) if text is not None else None
    if template is None:
        return Material(name, lambda path: None, findings=tuple(findings))
    found = check_loaded(template, settings_for(folder, findings))
    return Material(name, lambda path: None, templates={name: template}, findings=(*findings, *found))
