"""The report as a page that loads nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from nestforge.rehearse.report.report import DRY
from nestforge.rehearse.report.timeline import timeline
from nestforge.web.bundle import STATIC
from nestforge.web.inline import content_security_policy

if TYPE_CHECKING:
    from nestforge.rehearse.report.report import Report

_HERE = Path(__file__).parent
_STYLES = (STATIC / "colours.css", _HERE / "report.css")


def as_page(report: Report) -> str:
    """Return the page. Values of the deployments are text in it, whatever they hold."""
    style = "".join(path.read_text(encoding="utf-8") for path in _STYLES)
    templates = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters["duration"] = duration
    return templates.get_template("report.html.j2").render(
        report=report,
        is_dry=report.tier == DRY,
        style=Markup(style),  # the project's own file
        policy=content_security_policy([], [style]),
        timelines={each.name: Markup(timeline(each)) for each in report.rehearsed if each.steps},  # escaped there
    )


def duration(seconds: float) -> str:
    """Return `12 s` or `3 min 5 s`."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
