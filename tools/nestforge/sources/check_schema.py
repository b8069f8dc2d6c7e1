"""Check a source file against the JSON Schema of its kind."""

from __future__ import annotations

from nestforge.model.diagnostic import Diagnostic
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.sources.certainly_fits import certainly_fits
from nestforge.sources.schemas import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonschema.exceptions import ValidationError

    from nestforge.sources.yaml_file import YamlFile


def check_schema(kind: str, file: YamlFile, report: list[Diagnostic]) -> bool:
    """Add to `report` what the schema of `kind` refuses in `file`; return whether it accepts all of it."""
    if certainly_fits(file.data, schema(kind)):
        return True
    from jsonschema import Draft202012Validator  # heavy: only a faulty file pays for it

    validator = Draft202012Validator(schema(kind))
    errors = list(validator.iter_errors(file.data))
    meant = [inner for error in errors for inner in _meant(error)]
    report.extend(sorted({diagnostic for error in meant for diagnostic in _diagnostics(error, file)}))
    return not errors


def _meant(error: ValidationError) -> list[ValidationError]:
    """Return the error, or those of the branch of a `oneOf` that the author meant: the one whose `kind` matches."""
    if error.validator != "oneOf" or not error.context:
        return [error]
    wrong_kind = {e.schema_path[0] for e in error.context if e.validator == "const"}
    fitting = [e for e in error.context if e.schema_path[0] not in wrong_kind]
    return fitting or list(error.context)[:1]


def _diagnostics(error: ValidationError, file: YamlFile) -> list[Diagnostic]:
    way = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(_listed_keys(error.schema))
        return [
            Diagnostic(
                file.key_span(*way, key),
                "R1201",
                "unknown-key",
                f"'{key}' is not a key of {_place(way)}",
                did_you_mean(key, known) or f"the keys are {', '.join(known)}",
                edits=respelt(file.key_span(*way, key), key, known, error.instance),
            )
            for key in error.instance
            if key not in known
        ]
    if error.validator == "required" and isinstance(error.instance, dict):
        properties = set(_listed_keys(error.schema))
        mistyped = [key for key in error.instance if key not in properties]
        missing = [
            key
            for key in map(str, _listed(error.validator_value))
            if key not in error.instance and did_you_mean(key, mistyped) is None  # reported as unknown already
        ]
        return [
            Diagnostic(
                file.span(*way),
                "R1202",
                "missing-key",
                f"{_place(way)} needs the key '{key}'",
                _what(error.schema, key),
            )
            for key in missing
        ]
    return [Diagnostic(file.span(*way), "R1203", "invalid-value", _sentence(error, way), _remedy(error))]


def _what(schema: object, key: str) -> str:
    """Return what a key that is missing is for."""
    properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
    description = properties.get(key, {}).get("description")
    return f"add '{key}: …': {description}" if description else f"add '{key}: …'"


_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def _place(way: tuple[str | int, ...]) -> str:
    return f"'{'.'.join(map(str, way))}'" if way else "this file"


def _sentence(error: ValidationError, way: tuple[str | int, ...]) -> str:
    shown = repr(error.instance)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    expected = {
        "type": _KINDS.get(str(error.validator_value), str(error.validator_value)),
        "enum": "one of " + ", ".join(map(str, _listed(error.validator_value))),
        "const": repr(error.validator_value),
        "pattern": f"text that matches {error.validator_value}",
        "minimum": f"at least {error.validator_value}",
        "maximum": f"at most {error.validator_value}",
        "minLength": f"at least {error.validator_value} characters",
        "maxLength": f"at most {error.validator_value} characters",
        "minItems": f"at least {error.validator_value} entries",
        "uniqueItems": "each entry once",
    }.get(str(error.validator))
    if expected is None:
        return f"{_place(way)}: {error.message}"
    return f"{_place(way)} is {shown}, expected {expected}"


def _remedy(error: ValidationError) -> str | None:
    if error.validator == "enum" and isinstance(error.instance, str):
        near = did_you_mean(error.instance, map(str, _listed(error.validator_value)))
        if near:
            return near
    if error.validator == "type" and error.validator_value == "string":
        return "put the value in quotes"
    description = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"this is: {description}" if description else None


def _listed_keys(schema: object) -> Iterable[str]:
    return schema.get("properties", {}) if isinstance(schema, dict) else ()


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
