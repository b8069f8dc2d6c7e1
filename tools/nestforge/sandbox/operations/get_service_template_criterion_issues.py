"""GetServiceTemplateCriterionIssues: Compute Nest's own look at the stored templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.criteria import criterion_issues
from nestforge.sandbox.ros_template import parse
from nestforge.sandbox.service_fields import deploy_metadata, template_configs

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.criteria import CriterionIssue


def get_service_template_criterion_issues(call: Call) -> dict[str, object]:
    """Answer what a reviewer would send back, template by template; templates kept elsewhere are not looked at."""
    p = call.parameters
    p.text("RegionId")
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion"))
    listed: list[dict[str, object]] = []
    total = mandatory = 0
    for config in template_configs(deploy_metadata(service)):
        stored = call.object_at(str(config["Url"]))
        issues = list(criterion_issues(parse(stored.content))) if stored else []
        grave = sum(issue.level == "Mandatory" for issue in issues)
        total, mandatory = total + len(issues), mandatory + grave
        listed.append(
            {
                "TemplateName": config["Name"],
                "CriterionIssues": [_show(issue) for issue in issues],
                "TotalCriterionIssueCount": len(issues),
                "TotalMandatoryCriterionIssueCount": grave,
            }
        )
    return {
        "TemplateCriterionIssueList": listed,
        "RiskyTemplateCount": sum(bool(entry["CriterionIssues"]) for entry in listed),
        "TotalCriterionIssueCount": total,
        "TotalMandatoryCriterionIssueCount": mandatory,
    }


def _show(issue: CriterionIssue) -> dict[str, object]:
    return {
        "Level": issue.level,
        "Position": issue.position,
        "Type": issue.type,
        "ExtendInfo": {
            "AssociationProperty": issue.association or None,
            "Property": issue.property,
            "PropertyValue": issue.value,
        },
    }
