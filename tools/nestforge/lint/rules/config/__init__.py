"""What config.yaml says about the service (R61xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R6101", "package", "unknown-config-key"),
    Row("R6102", "package", "missing-config-key"),
    Row("R6103", "package", "wrong-config-kind"),
    Row("R6104", "package", "disallowed-config-value"),
    Row("R6105", "package", "changed-number"),
    Row("R6110", "package", "missing-named-file"),
    Row("R6111", "package", "missing-artifact-file"),
    Row("R6112", "package", "unknown-template-name"),
    Row("R6113", "package", "repeated-template-name"),
    Row("R6114", "package", "edition-without-template"),
    Row("R6120", "package", "unknown-placeholder"),
    Row("R6130", "package", "unknown-region"),
    Row("R6131", "package", "region-without-artifact"),
    Row("R6140", "package", "deploy-timeout-out-of-range"),
    Row("R6141", "package", "wait-outlasts-deployment"),
    Row("R6150", "package", "undefined-parameter-in-config"),
    Row("R6151", "package", "hidden-parameter-without-value"),
    Row("R6152", "package", "undefined-output-key"),
    Row("R6153", "package", "refused-preset-value"),
    Row("R6154", "package", "repeated-package-name"),
    Row("R6160", "package", "incomplete-code-repository"),
    Row("R6161", "package", "foreign-code-repository"),
    Row("R6170", "package", "refused-tag"),
    Row("R6171", "package", "text-of-wrong-length"),
    Row("R6172", "package", "missing-locale"),
    Row("R6173", "package", "repeated-locale"),
    Row("R6174", "package", "nameless-service"),
)
