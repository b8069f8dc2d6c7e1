"""What is wrong with a template or with the values given for it, by kind."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """The code and the name of each finding of the evaluation."""

    UNKNOWN_PARAMETER = ("R2101", "unknown-parameter")
    MISSING_VALUE = ("R2102", "missing-value")
    VALUE_OF_THE_WRONG_TYPE = ("R2103", "value-of-the-wrong-type")
    DISALLOWED_VALUE = ("R2104", "disallowed-value")
    PATTERN_MISMATCH = ("R2105", "pattern-mismatch")
    WRONG_LENGTH = ("R2106", "wrong-length")
    OUT_OF_RANGE = ("R2107", "out-of-range")
    VIOLATED_RULE = ("R2108", "violated-rule")
    MALFORMED_PARAMETER = ("R2109", "malformed-parameter")
    UNKNOWN_FUNCTION = ("R2201", "unknown-function")
    MISPLACED_FUNCTION = ("R2202", "misplaced-function")
    WRONG_ARGUMENT = ("R2203", "wrong-argument")
    UNDEFINED_NAME = ("R2204", "undefined-name")
    UNDEFINED_CONDITION = ("R2205", "undefined-condition")
    MISSING_ENTRY = ("R2206", "missing-mapping-entry")
    CYCLE = ("R2207", "cycle")
    TOO_DEEP = ("R2208", "too-deep")
    TOO_LARGE = ("R2209", "too-large")
    MALFORMED_SECTION = ("R2210", "malformed-section")
    NOT_CREATED = ("R2211", "reference-to-what-is-not-created")
    NOT_EVALUATED = ("R2212", "transform-not-evaluated")
    UNUSED_ENTRY = ("R2213", "unused-entry")


class Fault(Exception):
    """A function or a name cannot be evaluated; the evaluator knows the place and makes a diagnostic of it."""

    def __init__(self, message: str, help: str | None = None, kind: Kind = Kind.WRONG_ARGUMENT) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.kind = kind
