"""Names that nothing defines, and names that two things share (R30xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3001", "template", "undefined-ref", keys=("Ref",)),
    Row("R3002", "template", "undefined-get-att-target", keys=("Fn::GetAtt",)),
    Row("R3003", "template", "undefined-condition", keys=("Condition", "Fn::If", "Fn::And", "Fn::Or", "Fn::Not")),
    Row("R3004", "template", "undefined-dependency", keys=("DependsOn",)),
    Row("R3005", "template", "undefined-mapping", keys=("Fn::FindInMap",)),
    Row("R3006", "template", "undefined-substitution", keys=("Fn::Sub",)),
    Row("R3007", "template", "repeated-name"),
)
