"""Check the sources and the package that they make, and show every finding at the line to change.

PATH is a project's folder, or one ROS template. Errors keep `publish` from publishing.

example:
  nestforge lint --format sarif > findings.sarif
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.cli.project_root import project_root
from nestforge.cli.show import FORMATS, Sources, show

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from nestforge.model.diagnostic import Diagnostic


def configure(parser: ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a project or a ROS template (default: this project)")
    parser.add_argument("--format", choices=FORMATS, default="text", help=f"{', '.join(FORMATS)} (default: text)")


def execute(options: Namespace) -> int:
    """Print every finding; errors and warnings make the exit code 1."""
    if options.path is not None and Path(options.path).is_file():
        findings, sources = _check_template(Path(options.path))
    else:
        findings, sources = _check_project(project_root(options.path or options.project))
    text = show(findings, options.format, sources)
    if options.format != "text" or findings or not options.quiet:
        print(text)
    return int(any(found.severity != "info" for found in findings))


def _check_template(path: Path) -> tuple[list[Diagnostic], Sources]:
    from nestforge.lint.check import check_template
    from nestforge.sources.text_file import read_text

    findings: list[Diagnostic] = []
    text = read_text(path.parent, path.name, findings)
    if text is not None:
        findings = check_template(text, path.name)
    return findings, Sources(path.parent, {}, 1)


def _check_project(root: str) -> tuple[list[Diagnostic], Sources]:
    from nestforge.assemble.source_files import source_files
    from nestforge.lint.project import check_project
    from nestforge.sources.targets import TARGETS

    checked = check_project(root)
    made = checked.build.files if checked.build is not None else {}
    return checked.findings, Sources(Path(root), made, len({TARGETS, *source_files(root)}))
