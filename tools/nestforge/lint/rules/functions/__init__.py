"""Calls of intrinsic functions (R33xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3301", "template", "unknown-function"),
    Row("R3302", "template", "wrong-number-of-arguments"),
    Row("R3303", "template", "wrong-kind-of-argument"),
    Row("R3304", "template", "computed-argument"),
    Row("R3305", "template", "misplaced-function"),
    Row("R3306", "template", "inline-condition", ("Fn::If", "!If")),
    Row("R3307", "template", "resource-in-condition"),
    Row("R3308", "template", "unexpected-condition", ("Conditions",)),
    Row("R3309", "template", "not-of-a-list", ("Fn::Not", "!Not")),
    Row("R3310", "template", "comparison-of-kinds", ("Fn::Equals", "!Equals")),
    Row("R3311", "template", "functions-too-deep"),
    Row("R3312", "template", "invalid-cidr-split", ("Fn::Cidr", "!Cidr")),
    Row("R3313", "template", "invalid-index", ("Fn::Select", "!Select")),
    Row("R3314", "template", "undecodable-base64", ("Base64Decode",)),
    Row("R3315", "template", "invalid-match-pattern", ("MatchPattern",)),
    Row("R3316", "template", "unknown-time-zone", ("FormatTime",)),
    Row("R3317", "template", "malformed-expression", ("Calculate",)),
    Row("R3318", "template", "invalid-jq", ("Fn::Jq", "!Jq")),
    Row("R3319", "template", "invalid-indent", ("Fn::Indent", "!Indent")),
    Row("R3320", "template", "unused-variable", ("Fn::Sub", "!Sub")),
    Row("R3321", "template", "unsubstituted-variable", ("${",)),
    Row("R3322", "template", "function-beside-keys", ("Fn::",)),
    Row("R3323", "template", "facade-outside-template", ("ResourceFacade",)),
    Row("R3324", "template", "mixed-summands", ("Fn::Add", "!Add")),
    Row("R3325", "template", "average-of-nothing", ("Fn::Avg", "!Avg")),
    Row("R3327", "template", "empty-delimiter", ("Fn::Split", "!Split")),
    Row("R3328", "template", "invalid-extremum", ("Fn::Max", "!Max", "Fn::Min", "!Min")),
    Row("R3329", "template", "invalid-json-text", ("GetJsonValue",)),
)
