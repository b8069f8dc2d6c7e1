"""Shell scripts, embedded ones too (R7xxx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R7001", "template", "command-too-large", on_save=True),
    Row("R7002", "template", "unbounded-value", on_save=True),
    Row("R7003", "package", "image-build-too-large"),
    Row("R7004", "template", "double-braces-in-command", on_save=True),
    Row("R7010", "build", "script-syntax"),
    Row("R7011", "template", "command-syntax", on_save=True),
    Row("R7012", "package", "image-build-syntax"),
    Row("R7013", "build", "no-bash"),
    Row("R7020", "build", "undefined-variable-in-catalog"),
)
