"""Check the sources and the package that they make, and show every finding at the line to change.

PATH is a project's folder, any folder with `.computenest/`, or one ROS template. Errors keep `publish` from publishing.

example:
  nestforge lint --format sarif > findings.sarif
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.cli.project_root import package_folder, project_root
from nestforge.cli.show import FORMATS, Sources, show

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from nestforge.model.diagnostic import Diagnostic


def configure(parser: ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="a project, a package or a ROS template (default: this project)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help=f"{', '.join(FORMATS)} (default: text)")


def execute(options: Namespace) -> int:
    """Print every finding; errors and warnings make the exit code 1."""
    if options.path is not None and Path(options.path).is_file():
        findings, sources = _check_template(Path(options.path))
    elif (package := package_folder(options.path or options.project or ".")) is not None:
        findings, sources = _check_package(package)
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


def _check_package(folder: Path) -> tuple[list[Diagnostic], Sources]:
    from nestforge.lint.check import check_package

    findings, files = check_package(folder)
    return findings, Sources(folder, {}, files)


def _check_project(root: str) -> tuple[list[Diagnostic], Sources]:
    from nestforge.assemble.inputs import inputs_hash
    from nestforge.assemble.pipeline import assemble
    from nestforge.assemble.source_files import source_files
    from nestforge.lint.check import check_build
    from nestforge.model.project import ProjectFaulty
    from nestforge.sources.project import load_project
    from nestforge.sources.targets import TARGETS, load_targets

    folder = Path(root)
    files = len({TARGETS, *source_files(root)})
    findings: list[Diagnostic] = []
    try:
        load_targets(folder)
    except ProjectFaulty as fault:
        findings += fault.diagnostics
    try:
        project = load_project(folder)
    except ProjectFaulty as fault:
        return sorted(findings + fault.diagnostics), Sources(folder, {}, files)
    build = assemble(project, inputs_hash(root))
    findings += [*build.diagnostics, *check_build(build)]
    return sorted(set(findings)), Sources(folder, build.files, files)
