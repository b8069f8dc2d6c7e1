"""Findings as a person reads them, a machine, a forge's review page or a test report: a module for each format."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report

FORMATS = ("text", "json", "sarif", "github", "junit")


def write(report: Report, form: str) -> str:
    """Return a report in one of FORMATS."""
    text: str = import_module(f"nestforge.cli.formats.{form}").write(report)
    return text
