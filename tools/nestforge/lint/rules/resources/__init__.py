"""Resources against the resource spec (R31xx)."""

from nestforge.lint.registry import Row

ROWS = (
    Row("R3101", "template", "unknown-resource-type", reads=("Locals", "Resources")),
    Row("R3102", "template", "unknown-property", each=True),
    Row("R3103", "template", "missing-property"),
    Row("R3104", "template", "wrong-kind", each=True),
    Row("R3105", "template", "disallowed-value", each=True),
    Row("R3106", "template", "out-of-range", each=True),
    Row("R3107", "template", "wrong-length", each=True),
    Row("R3108", "template", "pattern-mismatch", each=True),
    Row("R3109", "template", "unknown-attribute", keys=("Fn::GetAtt", "Fn::Sub"), each=True),
    Row("R3110", "template", "unlisted-attribute", keys=("Fn::GetAtt", "Fn::Sub"), each=True),
    Row("R3111", "template", "undocumented-property", each=True),
    Row("R3112", "template", "doubtful-property", each=True),
    Row(
        "R3113",
        "template",
        "group-without-vswitch",
        keys=("ALIYUN::ECS::Instance", "ALIYUN::ECS::InstanceGroup"),
        reads=("Resources",),
    ),
    Row("R3114", "template", "address-beside-eip", keys=("ALIYUN::VPC::EIPAssociation",)),
    Row("R3115", "template", "address-that-is-not-there", ("PublicIp",)),
    Row("R3116", "template", "malformed-port-range", keys=("PortRange",)),
    Row("R3117", "template", "malformed-address-range", keys=("CidrBlock", "SourceCidrIp", "DestCidrIp")),
    Row("R3118", "template", "vswitch-outside-vpc", keys=("ALIYUN::ECS::VSwitch",), words=True),
    Row("R3119", "template", "undefined-nested-parameter", keys=("ALIYUN::ROS::Stack",)),
    Row("R3120", "template", "missing-nested-parameter", keys=("ALIYUN::ROS::Stack",)),
    Row("R3121", "template", "undefined-nested-output", keys=("ALIYUN::ROS::Stack",)),
    Row("R3122", "package", "stack-that-does-not-fit"),
)
