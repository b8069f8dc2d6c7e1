"""Service documents (R8xxx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R8001", "package", "unclosed-fence"),
    Row("R8002", "package", "missing-image"),
)
