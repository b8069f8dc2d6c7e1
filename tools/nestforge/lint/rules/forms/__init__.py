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
    Row("R4011", "template", "unknown-parameter-attribute"),
    Row("R4012", "template", "unknown-parameter-type"),
    Row("R4013", "template", "missing-parameter-type"),
    Row("R4014", "template", "unfit-default", when=("Default",)),
    Row("R4015", "template", "unfit-allowed-value", when=("AllowedValues",)),
    Row("R4016", "template", "unreachable-allowed-value", when=("AllowedValues",)),
    Row("R4017", "template", "inapplicable-constraint", when=("Length", "Value", "AllowedPattern")),
    Row("R4018", "template", "impossible-bounds", when=("MinLength", "MaxLength", "MinValue", "MaxValue")),
    Row("R4019", "template", "invalid-allowed-pattern", when=("AllowedPattern",)),
    Row("R4020", "template", "shown-secret"),
    Row("R4021", "template", "secret-with-default", when=("Default",)),
    Row("R4031", "template", "unknown-association-property", when=("AssociationProperty",)),
    Row("R4032", "template", "deprecated-association-property", when=("AssociationProperty",)),
    Row("R4033", "template", "foreign-association-property", when=("AssociationProperty",)),
    Row("R4034", "template", "misspelled-metadata-key", when=("AssociationPropertyMetadata",)),
)
