"""The placeholders that Compute Nest fills in on its side, and the ones that Cloud Assistant does."""

from __future__ import annotations

from nestforge.model.pattern import pattern

PLACEHOLDER = pattern(r"\{\{\s*computenest::[A-Za-z]+::[^{}\s]+\s*\}\}")
_PARTS = pattern(r"\{\{\s*computenest::([A-Za-z]+)::([^{}\s]+)\s*\}\}")

BUILT_IN = "dockerconfigjson"
"""`{{ computenest::acr::dockerconfigjson }}` and `::helm::` are filled in without a relation."""

FILLED_IN_ELSEWHERE = pattern(r"\{\{\s*(?:computenest::|resolve:|ACS::)[^{}]*\}\}")
"""Compute Nest's own, ROS's public parameters, and what Cloud Assistant knows about the instance."""

IMAGES = "ArtifactRelation"

SECTIONS = {
    "file": "FileArtifactRelation",
    "acrimage": "AcrImageArtifactRelation",
    "helmchart": "HelmChartArtifactRelation",
}


def normal(placeholder: str) -> str:
    """Return a placeholder as Compute Nest spells it: one blank inside each pair of braces."""
    found = _PARTS.fullmatch(placeholder.strip())
    return f"{{{{ computenest::{found[1]}::{found[2]} }}}}" if found else placeholder


def kind_of(placeholder: str) -> str:
    """Return `file`, `acrimage`, `helmchart` or another kind."""
    found = _PARTS.fullmatch(placeholder.strip())
    return found[1] if found else ""


def is_built_in(placeholder: str) -> bool:
    """Return whether Compute Nest knows the placeholder by itself."""
    found = _PARTS.fullmatch(placeholder.strip())
    return bool(found) and found is not None and found[2] == BUILT_IN
