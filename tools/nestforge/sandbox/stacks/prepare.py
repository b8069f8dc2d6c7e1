"""Look at a template and its parameters as CreateStack does, before anything is created."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nestforge.evaluate.data import SECRETS, Unknown
from nestforge.evaluate.fault import Kind
from nestforge.evaluate.shown import plain
from nestforge.evaluate.template_text import TemplateText, Unreadable
from nestforge.rosspec.spec import bundled
from nestforge.sandbox.errors import ApiError, not_emulated
from nestforge.sandbox.ros_template import parse, validate
from nestforge.sandbox.stacks.pseudo import pseudo_parameters
from nestforge.sandbox.stacks.records import MASK, Stack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.evaluation import Evaluation
    from nestforge.evaluate.parameters import Parameter
    from nestforge.sandbox.call import Call

MOST_RESOURCES = 200
"""Resources of one stack, says the documentation of CreateStack."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A stack that can be created, and what its template makes of the parameters."""

    stack: Stack
    evaluation: Evaluation


def prepare(
    call: Call,
    text: str,
    given: Mapping[str, object],
    *,
    name: str,
    region: str,
    timeout: float,
    disable_rollback: bool = False,
) -> Prepared:
    """Return the stack as it is before its creation. Raises ApiError for what ROS refuses, or has no provider.

    The codes for parameters are ROS's; that a value which breaks a constraint is StackValidationFailed is [assumed].
    """
    if not _NAME.fullmatch(name):
        raise ApiError(400, "InvalidParameter", f"The specified parameter StackName is invalid, '{name}' is no name.")
    validate(parse(text))
    try:
        template = TemplateText(text)
    except Unreadable as error:
        raise ApiError(400, "InvalidSchema", str(error)) from None
    stack = Stack(
        stack_id=str(uuid.uuid4()),
        name=name,
        region=region,
        template=text,
        given=dict(given),
        secrets=tuple(sorted(template.secrets)),
        status="",
        reason="",
        note=call.engine.providers.note,
        created=call.now.removesuffix("Z"),
        updated=call.now.removesuffix("Z"),
        timeout=timeout,
        size=0,
        disable_rollback=disable_rollback,
    )
    evaluation = template.evaluate(stack.given, pseudo_parameters(stack), {})  # type: ignore[arg-type]  # JSON is Data
    call.shown.update(_shown_request(call, evaluation))
    _check_parameters(evaluation, given)
    _check_template(evaluation)
    _check_types(call, evaluation)
    return Prepared(replace(stack, size=len(evaluation.resources)), evaluation)


def begin(call: Call, prepared: Prepared) -> Stack:
    """Store the stack as CREATE_IN_PROGRESS, and let the engine create it."""
    stack = call.engine.set_status(prepared.stack, "CREATE_IN_PROGRESS", "Stack CREATE started")
    call.engine.create(stack.stack_id)
    return stack


def shown_parameters(evaluation: Evaluation) -> dict[str, object]:
    """Return the values of all parameters, secrets masked as ROS masks them."""
    return {name: _shown(parameter) for name, parameter in evaluation.parameters.items()}


def as_text(value: object) -> str:
    """Return a value as the lists of parameters and outputs have it: text as it is, other values as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown(parameter: Parameter) -> object:
    data = parameter.value.data
    return MASK if isinstance(data, SECRETS) else plain(data)


def _shown_request(call: Call, evaluation: Evaluation) -> dict[str, str]:
    """Return the parameters as the log of calls may have them, by their names on the wire."""
    known = {name: as_text(value) for name, value in shown_parameters(evaluation).items()}
    flat = call.parameters.flat
    if "Parameters" in flat:
        return {"Parameters": json.dumps({n: v for n, v in known.items() if evaluation.parameters[n].given})}
    keys = {name: key for name, key in flat.items() if name.endswith(".ParameterKey")}
    return {name.replace("Key", "Value"): known[key] for name, key in keys.items() if key in known}


def _check_parameters(evaluation: Evaluation, given: Mapping[str, object]) -> None:
    for name in given:
        if name not in evaluation.parameters:
            raise ApiError(400, "UnknownUserParameter", f"The Parameter ({name}) was not defined in template.")
    missing = [
        name
        for name, parameter in evaluation.parameters.items()
        if name not in given and isinstance(parameter.value.content, Unknown) and parameter.value.content.faulty
    ]
    if missing:
        raise ApiError(400, "UserParameterMissing", f"The Parameter {', '.join(missing)} was not provided.")


def _check_template(evaluation: Evaluation) -> None:
    errors = [found for found in evaluation.diagnostics if found.severity == "error"]
    if errors:
        raise ApiError(400, "StackValidationFailed", "; ".join(found.message for found in errors))
    if any(found.code == Kind.NOT_EVALUATED.value[0] for found in evaluation.diagnostics):
        raise not_emulated("stacks of templates with a Transform")
    if len(evaluation.resources) > MOST_RESOURCES:
        message = f"The stack has {len(evaluation.resources)} resources, at most {MOST_RESOURCES} are allowed."
        raise ApiError(400, "StackValidationFailed", message)


def _check_types(call: Call, evaluation: Evaluation) -> None:
    for resource in evaluation.resources.values():
        if resource.type not in call.engine.providers.by_type:
            if bundled().type(resource.type) is None:
                message = f"The resource {resource.name} has the unknown type {resource.type}."
                raise ApiError(400, "StackValidationFailed", message)
            raise not_emulated(f"the resource type {resource.type} (resource {resource.name})")
