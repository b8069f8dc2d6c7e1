"""The parameters of templates that config.yaml names, and the values that it gives them."""

from __future__ import annotations

from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.lint.config import Config, Edition
    from nestforge.sources.config_part import Part

_KEYS = ("HiddenParameterKeys", "TrialHiddenParameterKeys", "CreateFromExistInstanceParameterKeys")


def parameter_names(config: Config) -> Iterator[tuple[str, Part]]:
    """Yield each name of a parameter, with the name of its template."""
    for edition in config.editions:
        for key in _KEYS:
            yield from ((edition.name, part) for part in edition.part.items_at(key))
        for preset in edition.part.items_at("PredefinedParameters"):
            yield from ((edition.name, part) for part in preset.items_at("OrderList"))
    operation = config.at("Service", "OperationMetadata")
    if operation is None:
        return
    for changes in operation.items_at("ModifyParametersConfig"):
        for change in changes.items_at("Operation"):
            yield from ((changes.text_at("TemplateName"), part) for part in change.items_at("Parameters"))
    for settings in operation.items_at("ParameterConfigs"):
        for group in settings.items_at("Metadata", "ParameterGroups"):
            if part := group.at("TemplateParameter"):
                yield settings.text_at("TemplateName"), part


def configured_names(config: Config) -> set[str]:
    """Return the parameters that carry the settings of an application, which the form asks for by themselves."""
    operation = config.at("Service", "OperationMetadata")
    return {
        group.text_at("TemplateParameter")
        for settings in (operation.items_at("ParameterConfigs") if operation else ())
        for group in settings.items_at("Metadata", "ParameterGroups")
    }


def filled_names(edition: Edition) -> set[str]:
    """Return the parameters of an edition that a package or a mapping gives a value."""
    presets = edition.part.items_at("PredefinedParameters")
    named = {part.name for preset in presets for part in preset.entries_at("Parameters")}
    waiting = edition.part.items_at("ParameterMappings")
    while waiting:
        mapping = waiting.pop()
        named |= {part.text for part in mapping.items_at("ParameterMappingKeys")}
        for choice in mapping.entries_at("ParameterValueMapping"):
            named |= {part.name for part in choice.entries_at("Parameters")}
            waiting += choice.items_at("ParameterMappings")
    return named


def refusals(value: str, attributes: Mapping[str, Node]) -> Iterator[str]:
    """Yield what the constraints of a parameter say against a value; R4007 looks at its AllowedValues."""
    from nestforge.evaluate.constraints import violations
    from nestforge.evaluate.conversions import CONVERSIONS
    from nestforge.evaluate.fault import Fault, Kind

    kind = scalar(attributes.get("Type")) or ""
    if kind not in ("String", "Number", "Boolean"):
        return
    try:
        found = list(violations(CONVERSIONS[kind](value), kind, attributes, "en"))
    except Fault as fault:
        found = []
        yield str(fault)
    certain = (broken for broken in found if broken.is_certain)
    yield from (broken.sentence for broken in certain if broken.kind is not Kind.DISALLOWED_VALUE)
