"""GetServiceTemplateCriterionIssues: Compute Nest's own look at the stored templates.

Source: "Review criteria of Compute Nest" of the documentation; which findings are mandatory is [assumed].
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.sandbox.ros_template import parse, section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sandbox.call import Call

_SOURCE_CIDR = ("allow", "source", "ssh", "client", "white")
_CREDENTIALS = ("accesskeyid", "accesskeysecret", "accesskey", "secretkey")
_WORLD = "0.0.0.0/0"
_NEVER_OPEN = ("22/22", "6379/6379", "8265/8265", "1/65535", "-1/-1")


def get_service_template_criterion_issues(call: Call) -> dict[str, object]:
    """Answer what a reviewer would send back, template by template."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion"))
    metadata = json.loads(str(service.fields["DeployMetadata"]))
    listed = []
    for config in metadata.get("TemplateConfigs", []):
        stored = call.object_at(str(config["Url"]))
        issues = list(_issues(parse(stored.content.decode()))) if stored else []
        listed.append(
            {
                "TemplateName": config["Name"],
                "CriterionIssues": issues,
                "TotalCriterionIssueCount": len(issues),
                "TotalMandatoryCriterionIssueCount": sum(i["Level"] == "Mandatory" for i in issues),
            }
        )
    return {
        "TemplateCriterionIssueList": listed,
        "RiskyTemplateCount": sum(bool(entry["CriterionIssues"]) for entry in listed),
        "TotalCriterionIssueCount": sum(int(e["TotalCriterionIssueCount"]) for e in listed),
        "TotalMandatoryCriterionIssueCount": sum(int(e["TotalMandatoryCriterionIssueCount"]) for e in listed),
    }


def _issues(template: dict[str, object]) -> Iterator[dict[str, object]]:
    for name, parameter in section(template, "Parameters").items():
        place = f"Parameters.{name}"
        lowered = name.lower()
        default = parameter.get("Default")
        if "password" in lowered or str(parameter.get("AssociationProperty", "")).endswith("Password"):
            if parameter.get("NoEcho") is not True:
                yield _issue("Mandatory", f"{place}.NoEcho", "SecretShown", "NoEcho", parameter.get("NoEcho"))
            if default not in (None, ""):
                yield _issue("Mandatory", f"{place}.Default", "SecretHasDefault", "Default", "***")
            if not parameter.get("AllowedPattern"):
                yield _issue("Mandatory", f"{place}.AllowedPattern", "SecretWithoutPattern", "AllowedPattern", "")
        if "cidr" in lowered and any(word in lowered for word in _SOURCE_CIDR) and default not in (None, ""):
            yield _issue("Mandatory", f"{place}.Default", "SourceCidrHasDefault", "Default", default)
        if lowered.replace("_", "") in _CREDENTIALS:
            yield _issue("Mandatory", place, "AsksForCredentials", "ParameterKey", name)
    for name, resource in section(template, "Resources").items():
        for rule in _rules(resource.get("Properties")):
            if rule.get("SourceCidrIp") == _WORLD and rule.get("PortRange") in _NEVER_OPEN:
                place = f"Resources.{name}"
                yield _issue("Mandatory", place, "OpenToTheWorld", "PortRange", rule.get("PortRange"))


def _rules(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        if "PortRange" in value:
            yield value
        for item in value.values():
            yield from _rules(item)
    elif isinstance(value, list):
        for item in value:
            yield from _rules(item)


def _issue(level: str, position: str, kind: str, field: str, value: object) -> dict[str, object]:
    return {
        "Level": level,
        "Position": position,
        "Type": kind,
        "ExtendInfo": {"Property": field, "PropertyValue": str(value)},
    }
