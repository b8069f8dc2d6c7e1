"""Show what a ROS template would create for some values: conditions, resources in order, outputs.

TEMPLATE is a file in YAML or JSON. What only creation can tell is shown as known after creation; values of
NoEcho parameters are never shown. A name that begins with ALIYUN:: gives a pseudo parameter.

example:
  nestforge evaluate build/package/.computenest/ros_templates/dual-ecs.yaml -p ZoneId=cn-hangzhou-i --json
"""

from __future__ import annotations

import sys
from pathlib import Path

from nestforge.evaluate.sentences import LOCALES
from nestforge.model.errors import NestforgeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from nestforge.cli.command_line import Arguments
    from nestforge.evaluate.data import Data
    from nestforge.evaluate.evaluation import Evaluation
    from nestforge.model.diagnostic import Diagnostic

REGION = "cn-hangzhou"


class NotAnAssignment(NestforgeError):
    """A value was not given as NAME=VALUE."""

    exit_code = 2

    def __init__(self, position: int) -> None:
        message = f"parameter {position} is not of the form NAME=VALUE, in UTF-8"
        super().__init__(message, help="for example: -p ZoneId=cn-hangzhou-i")


class NotAPseudoParameter(NestforgeError):
    """A value was given for a pseudo parameter that ROS does not have, or that has none of its own."""

    exit_code = 2

    def __init__(self, name: str, known: list[str]) -> None:
        from nestforge.model.near_miss import did_you_mean

        message = f"'{name}' is no pseudo parameter that can be given"
        super().__init__(message, help=did_you_mean(name, known) or f"known: {', '.join(known)}")


def configure(parser: Arguments) -> None:
    """Add the command's own arguments."""
    parser.add_argument("template", metavar="TEMPLATE", help="the file of a ROS template")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a value, as often as needed"
    )
    parser.add_argument("--region", default=REGION, metavar="REGION", help=f"where to create (default: {REGION})")
    parser.add_argument("--locale", choices=LOCALES, default="en", help=f"{', '.join(LOCALES)} (default: en)")
    parser.add_argument("--json", action="store_true", help="write JSON, every value with its origin")


def execute(options: Namespace) -> int:
    """Print the evaluation, then what is wrong; errors make the exit code 1."""
    from nestforge.cli.show_evaluation import evaluation_json, evaluation_text

    given, pseudo = assigned_values(options.parameter)
    _check(pseudo)
    path = Path(options.template)
    findings, result = _evaluate(path, given, {"ALIYUN::Region": options.region, **pseudo}, options.locale)
    failed = any(found.severity == "error" for found in findings)
    if options.json:
        print(evaluation_json(result, findings))
        return int(failed)
    if result is not None and not options.quiet:
        print(evaluation_text(result))
    if findings:
        from nestforge.cli.formats import write
        from nestforge.cli.formats.report import Report
        from nestforge.lint.check_subject import Checked

        sys.stdout.flush()
        print(write(Report([Checked(str(path.parent), findings, {}, 1)]), "text"), file=sys.stderr)
    return int(failed)


def _check(pseudo: dict[str, str]) -> None:
    from nestforge.sources.template import PSEUDO_PARAMETERS

    known = sorted(PSEUDO_PARAMETERS - {"ALIYUN::NoValue", "ALIYUN::Index"})
    for name in pseudo:
        if name not in known:
            raise NotAPseudoParameter(name, known)


def _evaluate(
    path: Path, given: dict[str, Data], pseudo: dict[str, str], locale: str
) -> tuple[list[Diagnostic], Evaluation | None]:
    from nestforge.evaluate.fill_in import evaluate_form
    from nestforge.sources.template import load_template
    from nestforge.sources.text_file import read_text

    findings: list[Diagnostic] = []
    text = read_text(path.parent, path.name, findings)
    template = load_template(text, path.name, findings) if text is not None else None
    if template is None:
        return findings, None
    result = evaluate_form(template, given, pseudo, locale)
    return list(result.diagnostics), result


def assigned_values(assignments: list[str]) -> tuple[dict[str, Data], dict[str, str]]:
    """Return the values of parameters, and those of pseudo parameters."""
    from nestforge.evaluate.data import is_writable

    given: dict[str, Data] = {}
    pseudo: dict[str, str] = {}
    for position, assignment in enumerate(assignments, 1):
        name, equals, value = assignment.partition("=")
        if not equals or not name or not is_writable(assignment):
            raise NotAnAssignment(position)  # without quoting it: it may be a secret
        if name.startswith("ALIYUN::"):
            pseudo[name] = value
        else:
            given[name] = value
    return given, pseudo
