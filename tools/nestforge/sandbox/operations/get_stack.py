"""GetStack (ROS): one stack with its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.evaluate.data import SecretText
from nestforge.sandbox.operations.validate_template import text_in_english
from nestforge.sandbox.ros_template import parse
from nestforge.sandbox.stacks.prepare import as_text
from nestforge.sandbox.stacks.records import MASK

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


_LOGS = ("None", "Stack", "Resource", "All")


def get_stack(call: Call) -> dict[str, object]:
    """Answer the stack; one that was deleted too. Parameters that took their default are not listed [assumed]."""
    p = call.parameters
    stack = call.stack(p.required("StackId"))
    with_outputs = p.one_of("OutputOption", ("Enabled", "Disabled")) != "Disabled"
    log = p.one_of("LogOption", _LOGS)
    return {
        "StackId": stack.stack_id,
        "StackName": stack.name,
        "StackType": "ROS",
        "RegionId": stack.region,
        "Status": stack.status,
        "StatusReason": stack.reason + (f" ({stack.note})" if stack.note else ""),
        "CreateTime": stack.created,
        "UpdateTime": stack.updated,
        "DisableRollback": stack.disable_rollback,
        "DeletionProtection": "Disabled",
        "TimeoutInMinutes": int(stack.timeout // 60),
        "TemplateDescription": text_in_english(parse(stack.template).get("Description")),
        "Parameters": [
            {"ParameterKey": name, "ParameterValue": MASK if name in stack.secrets else as_text(value)}
            for name, value in stack.given.items()
        ],
        "Outputs": [
            {
                "OutputKey": output.name,
                "OutputValue": _secret(output.value, output.shown),
                "Description": output.description,
            }
            for output in stack.outputs
        ]
        if with_outputs
        else None,
        "Log": {"ResourceLogs": _resource_logs(call, stack.stack_id)} if log in ("Resource", "All") else None,
    }


def _secret(value: object, shown: object) -> object:
    """Mark for the log what of a value must not be in it."""
    return SecretText(as_text(value), as_text(shown)) if value != shown else value


def _resource_logs(call: Call, stack_id: str) -> list[dict[str, object]]:
    lines: dict[str, list[str]] = {}
    for line in call.engine.stacks.log(stack_id):
        lines.setdefault(line.name, []).append(line.text)
    return [{"ResourceName": name, "Logs": [{"Content": text} for text in texts]} for name, texts in lines.items()]
