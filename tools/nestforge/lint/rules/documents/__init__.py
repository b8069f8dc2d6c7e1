"""Service documents (R8xxx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R8001", "package", "unclosed-fence"),
    Row("R8002", "package", "missing-image"),
    Row("R8003", "package", "shell-block-syntax"),
    Row("R8004", "package", "missing-link-target"),
    Row("R8005", "package", "link-out-of-documents"),
    Row("R8006", "package", "missing-anchor"),
    Row("R8007", "package", "skipped-heading-level"),
    Row("R8008", "package", "repeated-heading"),
    Row("R8009", "package", "language-behind"),
    Row("R8010", "build", "figure-beside-catalog"),
)
