"""Parameters and the form that a buyer fills in (R4xxx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R4001", "template", "ungrouped-parameter"),
    Row("R4002", "template", "undefined-group-member"),
    Row("R4003", "template", "parameter-in-two-groups"),
    Row("R4004", "template", "undefined-name-in-condition"),
    Row("R4005", "template", "undefined-name-in-metadata"),
    Row("R4006", "package", "undefined-preset-parameter"),
    Row("R4007", "package", "disallowed-preset-value"),
)
