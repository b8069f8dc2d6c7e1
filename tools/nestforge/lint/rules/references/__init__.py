"""Names that nothing defines, and names that two things share (R30xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3001", "template", "undefined-ref"),
    Row("R3002", "template", "undefined-get-att-target"),
    Row("R3003", "template", "undefined-condition"),
    Row("R3004", "template", "undefined-dependency"),
    Row("R3005", "template", "undefined-mapping"),
    Row("R3006", "template", "undefined-substitution"),
    Row("R3007", "template", "repeated-name"),
)
