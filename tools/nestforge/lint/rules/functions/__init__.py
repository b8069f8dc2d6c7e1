"""Calls of intrinsic functions (R33xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3301", "template", "unknown-function", each=True),
    Row("R3302", "template", "wrong-number-of-arguments", each=True),
    Row("R3303", "template", "wrong-kind-of-argument", each=True),
    Row("R3304", "template", "computed-argument", each=True),
    Row("R3305", "template", "misplaced-function", each=True),
    Row("R3306", "template", "inline-condition", keys=("Fn::If",), each=True),
    Row("R3307", "template", "resource-in-condition", each=True),
    Row("R3308", "template", "unexpected-condition", keys=("Conditions",), each=True),
    Row("R3309", "template", "not-of-a-list", keys=("Fn::Not",), each=True),
    Row("R3310", "template", "comparison-of-kinds", keys=("Fn::Equals",), each=True),
    Row("R3311", "template", "functions-too-deep", each=True),
    Row("R3312", "template", "invalid-cidr-split", keys=("Fn::Cidr",), each=True),
    Row("R3313", "template", "invalid-index", keys=("Fn::Select",), each=True),
    Row("R3314", "template", "undecodable-base64", keys=("Fn::Base64Decode",), each=True),
    Row("R3315", "template", "invalid-match-pattern", keys=("Fn::MatchPattern",), each=True),
    Row("R3316", "template", "unknown-time-zone", keys=("Fn::FormatTime",), each=True),
    Row("R3317", "template", "malformed-expression", keys=("Fn::Calculate",), each=True),
    Row("R3318", "template", "invalid-jq", keys=("Fn::Jq",), each=True),
    Row("R3319", "template", "invalid-indent", keys=("Fn::Indent",), each=True),
    Row("R3320", "template", "unused-variable", keys=("Fn::Sub",), each=True),
    Row("R3321", "template", "unsubstituted-variable", ("${",), each=True),
    Row("R3322", "template", "function-beside-keys"),
    Row("R3323", "template", "facade-outside-template", keys=("Fn::ResourceFacade",), each=True),
    Row("R3324", "template", "mixed-summands", keys=("Fn::Add",), each=True),
    Row("R3325", "template", "average-of-nothing", keys=("Fn::Avg",), each=True),
    Row("R3327", "template", "empty-delimiter", keys=("Fn::Split",), each=True),
    Row("R3328", "template", "invalid-extremum", keys=("Fn::Max", "Fn::Min"), each=True),
    Row("R3329", "template", "invalid-json-text", keys=("Fn::GetJsonValue",), each=True),
)
