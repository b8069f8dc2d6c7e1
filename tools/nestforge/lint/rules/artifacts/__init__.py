"""Artifacts, and what relates templates to them (R60xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R6001", "package", "token-without-relation"),
    Row("R6002", "package", "unused-relation"),
    Row("R6003", "package", "relation-without-artifact"),
    Row("R6004", "package", "malformed-relation"),
    Row("R6005", "package", "artifact-of-wrong-type"),
    Row("R6006", "package", "unused-artifact"),
    Row("R6007", "template", "malformed-placeholder", ("computenest",), words=True),
    Row("R6008", "package", "repeated-artifact-name"),
    Row("R6009", "package", "odd-artifact-id"),
)
