"""Calls of intrinsic functions (R33xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3301", "template", "unknown-function"),
    Row("R3302", "template", "wrong-number-of-arguments"),
    Row("R3303", "template", "wrong-kind-of-argument"),
    Row("R3304", "template", "computed-argument"),
    Row("R3305", "template", "misplaced-function"),
    Row("R3306", "template", "inline-condition", keys=("Fn::If",)),
    Row("R3307", "template", "resource-in-condition"),
    Row("R3308", "template", "unexpected-condition", keys=("Conditions",)),
    Row("R3309", "template", "not-of-a-list", keys=("Fn::Not",)),
    Row("R3310", "template", "comparison-of-kinds", keys=("Fn::Equals",)),
    Row("R3311", "template", "functions-too-deep"),
    Row("R3312", "template", "invalid-cidr-split", keys=("Fn::Cidr",)),
    Row("R3313", "template", "invalid-index", keys=("Fn::Select",)),
    Row("R3314", "template", "undecodable-base64", keys=("Fn::Base64Decode",)),
    Row("R3315", "template", "invalid-match-pattern", keys=("Fn::MatchPattern",)),
    Row("R3316", "template", "unknown-time-zone", keys=("Fn::FormatTime",)),
    Row("R3317", "template", "malformed-expression", keys=("Fn::Calculate",)),
    Row("R3318", "template", "invalid-jq", keys=("Fn::Jq",)),
    Row("R3319", "template", "invalid-indent", keys=("Fn::Indent",)),
    Row("R3320", "template", "unused-variable", keys=("Fn::Sub",)),
    Row("R3321", "template", "unsubstituted-variable", ("${",)),
    Row("R3322", "template", "function-beside-keys"),
    Row("R3323", "template", "facade-outside-template", keys=("Fn::ResourceFacade",)),
    Row("R3324", "template", "mixed-summands", keys=("Fn::Add",)),
    Row("R3325", "template", "average-of-nothing", keys=("Fn::Avg",)),
    Row("R3327", "template", "empty-delimiter", keys=("Fn::Split",)),
    Row("R3328", "template", "invalid-extremum", keys=("Fn::Max", "Fn::Min")),
    Row("R3329", "template", "invalid-json-text", keys=("Fn::GetJsonValue",)),
)
