"""R7004."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.assemble.image_build import SCRIPT, image_build_command
from nestforge.lint.bash_syntax import syntax_fault
from nestforge.lint.command_text import commands, variants
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package
    from nestforge.lint.template import Template


@rule("R7004")
def shell_syntax(package: Package) -> Iterator[Finding]:
    """bash cannot parse a script, a command put together from scripts, or the build of an image.

    Bad:  if true; then echo yes
    Good: if true; then echo yes; fi
    """
    faulty: set[str] = set()
    for path, text in package.build.project.files.items():
        fault = syntax_fault(text) if path.endswith(".sh") else None
        if fault is not None:
            faulty.add(path)
            line = min(fault[0], text.count("\n") or 1)
            yield Finding(Span(path, line), _sentence(fault[1]))
    for template in package.templates:
        yield from _commands(template, faulty)
    if SCRIPT not in faulty:
        yield from _image_builds(package)


def _commands(template: Template, faulty: set[str]) -> Iterator[Finding]:
    """Check what the parts make together; a script that is faulty by itself has been reported."""
    for command in commands(template):
        for text in variants(template, command):
            fault = syntax_fault(text.content)
            if fault is None:
                continue
            line = text.lines[min(fault[0], len(text.lines)) - 1]
            sources = {template.place(each, "").path for each in text.lines}
            if not sources & faulty:
                yield Finding(template.place(line, ""), _sentence(fault[1]), under=command.resource)


def _image_builds(package: Package) -> Iterator[Finding]:
    project = package.build.project
    script = project.files.get(SCRIPT)
    for model in project.catalog.models if script is not None else ():
        content = image_build_command(project, model)
        fault = syntax_fault(content)
        if script is not None and fault is not None:
            head = content.count("\n") - script.count("\n")
            message = _sentence(f"{fault[1]}, in the image build of {model.id}")
            yield Finding(Span(SCRIPT, max(fault[0] - head, 1)), message, under=model.image.artifact)


def _sentence(complaint: str) -> str:
    return f"bash cannot parse this: {complaint}"
