"""What the sections of a template may hold; ROS manual, template structure."""

from __future__ import annotations

from nestforge.lint.kinds import BOOLEAN, LIST, MAP, NULL, NUMBER, TEXT

SECTIONS: dict[str, tuple[str, ...]] = {
    "ROSTemplateFormatVersion": (TEXT,),
    "HeatTemplateFormatVersion": (TEXT,),
    "Transform": (TEXT, LIST),
    "Workspace": (MAP,),
    "Description": (TEXT, MAP, NULL),
    "Metadata": (MAP, NULL),
    "Parameters": (MAP, NULL),
    "Mappings": (MAP, NULL),
    "Conditions": (MAP, NULL),
    "Rules": (MAP, NULL),
    "Locals": (MAP, NULL),
    "Resources": (MAP, NULL),
    "Outputs": (MAP, NULL),
}
"""The sections, with the kinds of value that each takes."""

ENTRIES: dict[str, dict[str, tuple[str, ...]]] = {
    "Resources": {
        "Type": (TEXT,),
        "Properties": (MAP, NULL),
        "DependsOn": (TEXT, LIST, NULL),
        "Condition": (TEXT,),
        "Count": (NUMBER, TEXT),
        "DeletionPolicy": (TEXT,),
        "UpdatePolicy": (MAP, NULL),
        "Metadata": (MAP, NULL),
        "Description": (TEXT, MAP, NULL),
        "Version": (TEXT, NUMBER),
    },
    "Outputs": {
        "Value": (TEXT, NUMBER, BOOLEAN, NULL, LIST, MAP),
        "Description": (TEXT, MAP, NULL),
        "Label": (TEXT, MAP, NULL),
        "Condition": (TEXT,),
        "NoEcho": (BOOLEAN, TEXT),
    },
    "Rules": {
        "RuleCondition": (MAP, TEXT, NULL),
        "Assertions": (LIST,),
    },
    "Locals": {
        "Type": (TEXT,),
        "Value": (TEXT, NUMBER, BOOLEAN, NULL, LIST, MAP),
        "Properties": (MAP, NULL),
    },
}
"""What each entry of a section may hold, with the kinds of value."""

REQUIRED = {"Resources": "Type", "Outputs": "Value", "Rules": "Assertions"}
"""What no entry may lack."""

LITERAL = frozenset({"Type", "Condition"})
"""What no function may give."""

TRANSFORMED = "Aliyun::Serverless::"
"""Resources of these types hold what the transform understands."""
