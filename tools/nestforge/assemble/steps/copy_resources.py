"""Put the icon into the package."""

from __future__ import annotations

from nestforge.assemble.image_size import image_size
from nestforge.assemble.layout import icon_path
from nestforge.model.build import Made
from nestforge.model.diagnostic import Diagnostic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Span

ICON_SIDE = 192
"""Pixels; what Compute Nest recommends."""


def copy_resources(build: Build) -> Made:
    """Return the icon as it is, if it is one."""
    service = build.project.service
    source = f"service/{service.icon}"
    findings = _icon_faults(build.project.binaries[source], service.icon, build.project.span("service", "icon"))
    return Made(pictures={icon_path(service): source}, diagnostics=tuple(findings))


def _icon_faults(content: bytes, name: str, span: Span) -> Iterator[Diagnostic]:
    size = image_size(content)
    remedy = f"export it as PNG or JPEG, {ICON_SIDE} x {ICON_SIDE} pixels"
    if size is None or not (size.width and size.height):
        what = "is neither a PNG nor a JPEG image" if content else "is empty"
        yield Diagnostic(span, "R2008", "not-an-icon", f"'{name}' {what}", remedy)
    elif not name.endswith(f".{size.kind}"):
        what = {"png": "PNG", "jpg": "JPEG"}[size.kind]
        message = f"'{name}' is a {what} image, expected a name that ends in .{size.kind}"
        yield Diagnostic(span, "R2008", "not-an-icon", message, "rename it, and change its name here")
    elif (size.width, size.height) != (ICON_SIDE, ICON_SIDE):
        message = f"'{name}' has {size.width} x {size.height} pixels, expected {ICON_SIDE} x {ICON_SIDE}"
        severity = "info" if size.width == size.height else "warning"
        yield Diagnostic(span, "R2009", "icon-size", message, remedy, severity)
