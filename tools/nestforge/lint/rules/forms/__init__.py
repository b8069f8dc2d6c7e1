"""Parameters and the form that a buyer fills in (R4xxx)."""

from nestforge.lint.registry import Row

_FIELDS = ("Parameters",)
_FORM = ("Metadata", "Parameters")
_TEXTS = ("Description", "Metadata", "Outputs", "Parameters")
_TRANSLATED = (
    "Label",
    "Description",
    "ConstraintDescription",
    "Placeholder",
    "ParameterGroups",
    "AssociationPropertyMetadata",
)
"""Keys under which texts stand in several languages."""

ROWS = (
    Row("R4001", "template", "ungrouped-parameter", keys=("ParameterGroups",), reads=_FORM),
    Row("R4002", "template", "undefined-group-member", keys=("ParameterGroups",), reads=_FORM),
    Row("R4003", "template", "parameter-in-two-groups", keys=("ParameterGroups",), reads=("Metadata",)),
    Row(
        "R4004",
        "template",
        "undefined-name-in-condition",
        keys=("Required", "AssociationPropertyMetadata"),
        reads=_FIELDS,
    ),
    Row("R4005", "template", "undefined-name-in-metadata", keys=("AssociationPropertyMetadata",), reads=_FIELDS),
    Row("R4006", "package", "undefined-preset-parameter"),
    Row("R4007", "package", "disallowed-preset-value"),
    Row("R4011", "template", "unknown-parameter-attribute", keys=("Parameters",), reads=_FIELDS),
    Row("R4012", "template", "unknown-parameter-type", keys=("Parameters",), reads=_FIELDS),
    Row("R4013", "template", "missing-parameter-type", keys=("Parameters",), reads=_FIELDS),
    Row("R4014", "template", "unfit-default", keys=("Default",), reads=_FIELDS),
    Row("R4015", "template", "unfit-allowed-value", keys=("AllowedValues",), reads=_FIELDS),
    Row("R4016", "template", "unreachable-allowed-value", keys=("AllowedValues",), reads=_FIELDS),
    Row(
        "R4017",
        "template",
        "inapplicable-constraint",
        keys=("MinLength", "MaxLength", "MinValue", "MaxValue", "AllowedPattern"),
        reads=_FIELDS,
    ),
    Row(
        "R4018", "template", "impossible-bounds", keys=("MinLength", "MaxLength", "MinValue", "MaxValue"), reads=_FIELDS
    ),
    Row("R4019", "template", "invalid-allowed-pattern", keys=("AllowedPattern",), reads=_FIELDS),
    Row("R4020", "template", "shown-secret", keys=("Parameters",), reads=_FIELDS, words=True),
    Row("R4021", "template", "secret-with-default", keys=("Default",), reads=_FIELDS),
    Row("R4022", "template", "misshaped-attribute", keys=("Parameters",), reads=_FIELDS),
    Row("R4031", "template", "unknown-association-property", keys=("AssociationProperty",), reads=_FIELDS),
    Row("R4032", "template", "deprecated-association-property", keys=("AssociationProperty",), reads=_FIELDS),
    Row("R4033", "template", "foreign-association-property", keys=("AssociationProperty",), reads=_FIELDS),
    Row("R4034", "template", "misspelled-metadata-key", keys=("AssociationPropertyMetadata",), reads=_FIELDS),
    Row("R4035", "template", "label-of-no-value", keys=("ValueLabelMapping",), reads=_FIELDS),
    Row("R4036", "template", "value-without-label", keys=("ValueLabelMapping",), reads=_FIELDS),
    Row("R4037", "template", "misshaped-metadata", keys=("AssociationPropertyMetadata",), reads=_FIELDS),
    Row("R4038", "template", "unknown-default-strategy", keys=("DefaultValueStrategy",), reads=_FIELDS),
    Row(
        "R4041",
        "template",
        "malformed-form-condition",
        keys=("Visible", "Required", "ReadOnly", "Condition"),
        reads=_FIELDS,
    ),
    Row("R4042", "template", "impossible-form-comparison", keys=("Fn::Equals",), reads=_FIELDS),
    Row("R4043", "build", "context-that-does-not-fit"),
    Row("R4044", "build", "overcommitted-share"),
    Row("R4051", "template", "misshaped-group", keys=("ParameterGroups",), reads=("Metadata",)),
    Row("R4052", "template", "undefined-hidden-parameter", keys=("Hidden",), reads=_FORM),
    Row("R4061", "template", "unknown-language", keys=_TRANSLATED, reads=_TEXTS, words=True),
    Row("R4062", "template", "missing-language", keys=_TRANSLATED, reads=_TEXTS, words=True),
    Row("R4063", "template", "swapped-languages", keys=("en",), reads=_TEXTS, words=True),
    Row("R4064", "template", "untranslated-chinese", keys=("zh-cn",), reads=_TEXTS, words=True),
)
