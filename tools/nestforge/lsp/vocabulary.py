"""The words of the template language outside of resource types; facts of the ROS manual, template structure."""

from __future__ import annotations

SECTIONS = {
    "ROSTemplateFormatVersion": "'2015-09-01'",
    "Description": "what the template is for, in one text or one for each language",
    "Metadata": "how the form is arranged",
    "Parameters": "what whoever creates the stack decides",
    "Mappings": "tables that Fn::FindInMap looks into",
    "Conditions": "decisions that resources and outputs depend on",
    "Rules": "what parameters must fulfil together",
    "Locals": "values and data sources with a name",
    "Transform": "what rewrites the template first",
    "Resources": "what is created",
    "Outputs": "what is shown when it is created",
}
RESOURCE = {
    "Type": "the resource type",
    "Properties": "what the type takes",
    "DependsOn": "resources that are created first",
    "Condition": "the condition under which it is created",
    "Count": "how many of it are created",
    "DeletionPolicy": "Delete or Retain",
    "UpdatePolicy": "how it is updated",
    "Metadata": "anything",
}
PARAMETER = {
    "Type": "the type",
    "Default": "the value when none is given",
    "AllowedValues": "the only values",
    "AllowedPattern": "what the whole value must match",
    "MinLength": "characters, at least",
    "MaxLength": "characters, at most",
    "MinValue": "a number, at least",
    "MaxValue": "a number, at most",
    "NoEcho": "true hides the value",
    "Confirm": "true asks for the value twice",
    "Required": "whether the form demands a value",
    "Label": "the name in the form",
    "Description": "the explanation in the form",
    "ConstraintDescription": "what is said of a value that is refused",
    "Placeholder": "what an empty field shows",
    "TextArea": "true for several lines",
    "AssociationProperty": "the component of the form",
    "AssociationPropertyMetadata": "what the component is told",
}
OUTPUT = {
    "Value": "what is shown",
    "Label": "its name",
    "Description": "its explanation",
    "Condition": "the condition under which there is one",
    "NoEcho": "true hides the value",
}
LOCAL = {
    "Type": "Macro, Eval or a data source",
    "Value": "the value of a Macro or an Eval",
    "Properties": "what the data source takes",
}
ENTRIES = {"Resources": RESOURCE, "Parameters": PARAMETER, "Outputs": OUTPUT, "Locals": LOCAL}
REQUIRED = {"Resources": "Type", "Parameters": "Type", "Outputs": "Value"}

TRUTH = ("true", "false")
VALUES = {
    ("Parameters", "Type"): (
        "String",
        "Number",
        "Boolean",
        "Json",
        "CommaDelimitedList",
        "ALIYUN::OOS::Parameter::Value",
        "ALIYUN::OOS::SecretParameter::Value",
    ),
    ("Parameters", "NoEcho"): TRUTH,
    ("Parameters", "Confirm"): TRUTH,
    ("Parameters", "Required"): TRUTH,
    ("Parameters", "TextArea"): TRUTH,
    ("Outputs", "NoEcho"): TRUTH,
    ("Resources", "DeletionPolicy"): ("Delete", "Retain"),
}
DEFAULT_STRATEGIES = ("recent", "random")
LOCAL_TYPES = ("Macro", "Eval")
