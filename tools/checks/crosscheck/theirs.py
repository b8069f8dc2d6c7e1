"""Ask iac-code's validator about templates: JSON lines in, JSON lines out. Runs in an environment of its own."""

from __future__ import annotations

import json
import sys

from iac_code.tools.cloud.aliyun.ros_validation.model import (
    MaterializedTemplateSource,
    RequestValidationContext,
    Severity,
)
from iac_code.tools.cloud.aliyun.ros_validation.validator import validate_ros_template


def main() -> None:
    """Write what is found in each template of standard input: `[code, severity, line, sentence]`, one list a line."""
    request = RequestValidationContext(action="CreateStack")
    for line in sys.stdin:
        report = validate_ros_template(MaterializedTemplateSource(json.loads(line)), request)
        found = [
            [d.code, d.severity.value, d.source_span.line if d.source_span else 0, f"{d.summary} {d.detail}"]
            for d in report.diagnostics
            if d.severity in (Severity.ERROR, Severity.WARNING)
        ]
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
