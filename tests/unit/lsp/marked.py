"""A template with a `|>` where the cursor is."""

from __future__ import annotations

from nestforge.lsp.document import Document
from nestforge.lsp.spot import Position

HEAD = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    Label: {en: Zone of the hosts, zh-cn: 主机的可用区}
    AllowedValues: [cn-a, cn-b]
    MinLength: 2
Mappings:
  Sizes: {small: {Disk: 40}, large: {Disk: 80}}
Conditions:
  Big: {Fn::Equals: [{Ref: Zone}, cn-b]}
Resources:
  Vpc:
    {Type: ALIYUN::ECS::VPC, Properties: {Description: {Fn::If: [Big, {Fn::FindInMap: [Sizes, small, Disk]}, x]}}}
"""


def opened(text: str) -> tuple[Document, Position]:
    """Return the document without the mark, and where the mark was."""
    before, _, after = text.partition("|>")
    position = Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
    return Document("template.yaml", before + after), position


def resource(kind: str, *lines: str) -> str:
    """Return a template whose last resource has these lines."""
    return "\n".join([f"{HEAD}  It:", f"    Type: {kind}", *(f"    {line}" for line in lines), ""])


def properties(kind: str, *lines: str) -> str:
    """Return a template whose last resource has properties of these lines."""
    return resource(kind, "Properties:", *(f"  {line}" for line in lines))


def parameter(*lines: str) -> str:
    """Return a template whose only parameter has these lines."""
    head = "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  It:\n    Type: String"
    return "\n".join([head, *(f"    {line}" for line in lines), ""])


def inner_form(*lines: str) -> str:
    """Return a template with a field of these lines in the form inside its parameter."""
    around = ("AssociationProperty: List[Parameters]", "AssociationPropertyMetadata:", "  Parameters:", "    Inner:")
    return parameter(*around, "      Type: String", *(f"      {line}" for line in lines))
