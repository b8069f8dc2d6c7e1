"""What conditions and choices make of a template (R34xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3401", "template", "reference-to-absent-resource", keys=("Condition",)),
    Row("R3402", "template", "dependency-on-absent-resource", keys=("Condition",)),
    Row("R3403", "template", "equal-branches", keys=("Fn::If",)),
    Row("R3404", "template", "constant-condition", keys=("Conditions",), reads=("Conditions", "Parameters")),
    Row("R3405", "template", "missing-map-entry", keys=("Fn::FindInMap",)),
)
