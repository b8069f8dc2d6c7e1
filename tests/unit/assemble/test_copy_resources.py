from __future__ import annotations

from dataclasses import replace

import pytest
from tests.own_project import ROOT, own_build

from nestforge.assemble.image_size import ImageSize, image_size
from nestforge.assemble.steps.copy_resources import copy_resources

ICON = (ROOT / "service/icons/deepseek.png").read_bytes()
TABLE = b"\xff\xdb\x00\x04\x01\x02"


def png(width: int, height: int) -> bytes:
    return ICON[:16] + width.to_bytes(4) + height.to_bytes(4) + ICON[24:]


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc2\x00\x0b\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x03\x01\x11\x00"
    return b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + TABLE + frame


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (ICON, ImageSize("png", 192, 192)),
        (jpeg(300, 200), ImageSize("jpg", 300, 200)),
        (ICON[:20], None),
        (jpeg(300, 200)[:14], None),
        (b"GIF89a" + bytes(20), None),
        (b"<svg/>", None),
    ],
    ids=["png", "jpeg", "cut-png", "cut-jpeg", "gif", "svg"],
)
def test_an_image_is_known_by_its_first_bytes(content: bytes, size: ImageSize | None) -> None:
    assert image_size(content) == size


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png(192, 192), None),
        (b"", ("R2008", "error", "'icons/deepseek.png' is empty")),
        (b"no image", ("R2008", "error", "'icons/deepseek.png' is neither a PNG nor a JPEG image")),
        (png(0, 0), ("R2008", "error", "'icons/deepseek.png' is neither a PNG nor a JPEG image")),
        (jpeg(192, 192), ("R2008", "error", "'icons/deepseek.png' is a JPEG image, expected a name that ends in .jpg")),
        (png(512, 512), ("R2009", "info", "'icons/deepseek.png' has 512 x 512 pixels, expected 192 x 192")),
        (png(512, 192), ("R2009", "warning", "'icons/deepseek.png' has 512 x 192 pixels, expected 192 x 192")),
    ],
)
def test_an_icon_is_one_or_is_reported_in_service_yaml(content: bytes, found: tuple[str, str, str] | None) -> None:
    build = own_build()
    spoiled = replace(build, project=replace(build.project, binaries={"service/icons/deepseek.png": content}))
    findings = copy_resources(spoiled).diagnostics
    assert [(f.code, f.severity, f.message) for f in findings] == ([found] if found else [])
    assert all(f.help and f.span == build.project.span("service", "icon") for f in findings)
