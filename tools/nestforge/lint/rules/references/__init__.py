"""Names that nothing defines, and names that two things share (R30xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3001", "template", "undefined-ref", keys=("Ref",), each=True),
    Row("R3002", "template", "undefined-get-att-target", keys=("Fn::GetAtt",), each=True),
    Row(
        "R3003",
        "template",
        "undefined-condition",
        keys=("Condition", "Fn::If", "Fn::And", "Fn::Or", "Fn::Not"),
        each=True,
    ),
    Row("R3004", "template", "undefined-dependency", keys=("DependsOn",), each=True),
    Row("R3005", "template", "undefined-mapping", keys=("Fn::FindInMap",), each=True),
    Row("R3006", "template", "undefined-substitution", keys=("Fn::Sub",), each=True),
    Row("R3007", "template", "repeated-name"),
)
