"""What a service says of itself in the marketplace, and how it can be deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.web.shapes import as_list, as_map, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.cloud.json_value import Json

DEFAULT_LANGUAGE = "zh-CN"
"""That of a text without a Locale, as Compute Nest takes it."""


def card_data(information: Json, picture: Callable[[str], str | None]) -> dict[str, Json]:
    """Return `ServiceInfo` by language: name, description, icon and agreements.

    `picture` returns the picture that an `Image` names as a `data:` address.
    """
    cards: dict[str, Json] = {}
    for entry in map(as_map, as_list(information)):
        image = as_text(entry.get("Image"))
        cards.setdefault(
            as_text(entry.get("Locale")) or DEFAULT_LANGUAGE,
            {
                "name": as_text(entry.get("Name")),
                "description": as_text(entry.get("ShortDescription")),
                "icon": picture(image) if image else None,
                "image": image,
                "agreements": [
                    {"name": as_text(agreement.get("Name")), "url": as_text(agreement.get("Url"))}
                    for agreement in map(as_map, as_list(entry.get("Agreements")))
                ],
            },
        )
    return cards


def edition_data(config: Mapping[str, Json]) -> dict[str, Json]:
    """Return an entry of `TemplateConfigs`: its name, regions, predefined parameter sets and hidden parameters."""
    return {
        "name": as_text(config.get("Name")),
        "regions": [as_text(region) for region in as_list(config.get("AllowedRegions"))],
        "hidden": [as_text(name) for name in as_list(config.get("HiddenParameterKeys"))],
        "packages": [
            {
                "name": as_text(package.get("Name")),
                "description": as_text(package.get("Description")),
                "parameters": dict(as_map(package.get("Parameters"))),
            }
            for package in map(as_map, as_list(config.get("PredefinedParameters")))
        ],
    }
