"""Texts in each language (R5xxx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R5001", "build", "untranslated-text"),
    Row("R5002", "build", "unused-text"),
)
