"""What is wrong with a template or with the values given for it, by kind."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """The code and the name of each finding of the evaluation."""

    UNKNOWN_PARAMETER = ("R9001", "unknown-parameter")
    MISSING_VALUE = ("R9002", "missing-value")
    VALUE_OF_THE_WRONG_TYPE = ("R9003", "value-of-the-wrong-type")
    DISALLOWED_VALUE = ("R9004", "disallowed-value")
    PATTERN_MISMATCH = ("R9005", "pattern-mismatch")
    WRONG_LENGTH = ("R9006", "wrong-length")
    OUT_OF_RANGE = ("R9007", "out-of-range")
    VIOLATED_RULE = ("R9008", "violated-rule")
    MALFORMED_PARAMETER = ("R9009", "malformed-parameter")
    UNKNOWN_FUNCTION = ("R9101", "unknown-function")
    MISPLACED_FUNCTION = ("R9102", "misplaced-function")
    WRONG_ARGUMENT = ("R9103", "wrong-argument")
    UNDEFINED_NAME = ("R9104", "undefined-name")
    UNDEFINED_CONDITION = ("R9105", "undefined-condition")
    MISSING_ENTRY = ("R9106", "missing-mapping-entry")
    CYCLE = ("R9107", "cycle")
    TOO_DEEP = ("R9108", "too-deep")
    TOO_LARGE = ("R9109", "too-large")
    MALFORMED_SECTION = ("R9110", "malformed-section")
    NOT_CREATED = ("R9111", "reference-to-what-is-not-created")
    NOT_EVALUATED = ("R9112", "transform-not-evaluated")


class Fault(Exception):
    """A function or a name cannot be evaluated; the evaluator knows the place and makes a diagnostic of it."""

    def __init__(self, message: str, help: str | None = None, kind: Kind = Kind.WRONG_ARGUMENT) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.kind = kind
