"""A supplier's desk: a small package, and publishing it through the official SDKs to the sandbox under test."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import yaml

from nestforge.cloud.access import Access, Key
from nestforge.cloud.sdk_cloud import open_cloud
from nestforge.publish.publish import Published, publish
from nestforge.publish.read_package import read_package
from nestforge.publish.status import ServiceStatus, read_status
from nestforge.publish.turn import turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import SandboxUnderTest

    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.traffic import Traffic
    from nestforge.publish.change import Change

REGION = "cn-hangzhou"
IMAGE_TOKEN = "image-of-r1"
TOOLS_TOKEN = "{{ computenest::file::tools }}"
TEMPLATE = f"""\
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Host:
    Type: ALIYUN::ECS::InstanceGroup
    Properties: {{ImageId: {IMAGE_TOKEN}}}
Outputs:
  Tools:
    Value: '{TOOLS_TOKEN}'
"""
CONFIG: dict[str, Any] = {
    "Service": {
        "RegionId": "cn-beijing",
        "DeployType": "ros",
        "ServiceType": "private",
        "ShareType": "Hidden",
        "ApprovalType": "AutoPass",
        "TenantType": "SingleTenant",
        "VersionName": "1.0.0",
        "Tags": {"nestforge:service": "small", "product": "test"},
        "ServiceInfo": [
            {
                "Locale": locale,
                "Name": name,
                "ShortDescription": about,
                "Image": "resources/icons/icon.png",
                "LongDescriptionUrl": f"../docs/{document}.md",
                "Agreements": [{"Name": "MIT", "Url": "https://example.com/licence"}],
            }
            for locale, name, about, document in (
                ("zh-CN", "小服务", "一个用于测试的小服务，足够长", "small"),
                ("en-US", "Small service", "A small service for tests", "small-en"),
            )
        ],
        "DeployMetadata": {
            "TemplateConfigs": [
                {
                    "Name": "小版",
                    "Url": "ros_templates/small.yaml",
                    "ArchitectureDiagramUrl": "resources/diagrams/small.svg",
                    "AllowedRegions": ["cn-hangzhou", "cn-beijing"],
                    "PredefinedParameters": [
                        {"Name": "甲", "Description": "一", "Type": "Normal", "Parameters": {"Model": "R1", "Count": 2}}
                    ],
                }
            ],
            "SupplierDeployMetadata": {
                "DeployTimeout": 600,
                "ArtifactRelation": {
                    IMAGE_TOKEN: {"ArtifactId": "${Artifact.Image.ArtifactId}", "ArtifactVersion": "draft"}
                },
                "FileArtifactRelation": {
                    TOOLS_TOKEN: {"ArtifactId": "${Artifact.Tools.ArtifactId}", "ArtifactVersion": "draft"}
                },
            },
        },
        "OperationMetadata": {
            "StatusOperationConfigs": [{"TemplateName": "小版", "SupportOperations": ["Start", "Stop"]}]
        },
    },
    "Artifact": {
        "Image": {
            "ArtifactType": "EcsImage",
            "ArtifactBuildType": "EcsImage",
            "ArtifactName": "small-image",
            "Description": "an image",
            "SupportRegionIds": ["cn-hangzhou", "cn-beijing"],
            "ArtifactBuildProperty": {
                "RegionId": "cn-hangzhou",
                "SourceImageId": "aliyun_3",
                "SystemDiskSize": 100,
                "EnableGpu": True,
                "CommandType": "RunShellScript",
                "CommandContent": "#!/usr/bin/env bash\necho 'a & b = c + d'\n",
            },
        },
        "Tools": {
            "ArtifactType": "File",
            "ArtifactName": "small-tools",
            "SupportRegionIds": ["cn-hangzhou"],
            "ArtifactProperty": {"RegionId": "cn-beijing", "Url": "resources/artifact_resources/tools.tar.gz"},
        },
    },
}
FILES = {
    ".computenest/ros_templates/small.yaml": TEMPLATE,
    ".computenest/resources/icons/icon.png": "not really a picture",
    ".computenest/resources/diagrams/small.svg": "<svg/>",
    ".computenest/resources/artifact_resources/tools.tar.gz": "not really an archive",
    "docs/small.md": "# 小\n\n![图](img/small.svg)\n",
    "docs/small-en.md": "# Small\n\n![diagram](img/small.svg)\n",
    "docs/img/small.svg": "<svg><!-- in the document --></svg>",
}
UPLOADED = 6  # the template, the icon, the diagram, the archive, two documents
TEMPLATE_PATH = ".computenest/ros_templates/small.yaml"


class Desk:
    """Publishes `self.config` and `self.files` as they are now; nothing ever sleeps."""

    def __init__(self, sandbox: SandboxUnderTest, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.config = copy.deepcopy(CONFIG)
        self.files = dict(FILES)
        self.said: list[str] = []
        self.waited: list[float] = []
        self.told: list[str] = []
        self.wait: Callable[[float], None] = self.waited.append
        self.shown: tuple[Change, ...] = ()
        self.traffic: Traffic | None = None

    @property
    def service(self) -> Any:
        """The part of config.yaml that a test changes."""
        return self.config["Service"]

    @property
    def output(self) -> str:
        """Everything that was said."""
        return "\n".join(self.said)

    def write(self) -> Path:
        """Put the package on the disk."""
        package = self.folder / "package"
        for path, text in {**self.files, ".computenest/config.yaml": _yaml(self.config)}.items():
            place = package / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        return package

    def cloud(self) -> Cloud:
        """Open the sandbox as the command does."""
        return self.cloud_at(self.sandbox.endpoint)

    def cloud_at(self, endpoint: str) -> Cloud:
        """Open whatever is at `endpoint` with the sandbox's key."""
        key = Key(self.sandbox.access_key_id, self.sandbox.access_key_secret)
        return open_cloud(Access(REGION, endpoint, endpoint, endpoint, key), self.wait, self.told.append)

    def publish(
        self,
        confirm: Callable[[tuple[Change, ...]], bool] | None = None,
        say: Callable[[str], None] | None = None,
        resubmit: bool = False,
    ) -> Published:
        """Publish as the command does; the calls of this run alone are in the sandbox's log then."""
        self.sandbox.forget_calls()
        self.said.clear()
        self.waited.clear()
        desired = read_package(self.write(), REGION)
        cloud = self.cloud()
        self.traffic = cloud.traffic
        with turn(self.folder / ".nestforge", self.said.append) as attempt:
            return publish(
                desired,
                cloud,
                attempt=attempt,
                confirm=confirm or self._agree,
                say=say or self.said.append,
                wait=self.wait,
                resubmit=resubmit,
            )

    def status(self) -> ServiceStatus:
        """Look at the target as the command does."""
        return read_status(read_package(self.write(), REGION), self.cloud(), self.waited.append)

    def inject(self, fault: str, times: int = 1) -> None:
        """Let the next calls of an action meet a fault."""
        for number in range(times):
            self.sandbox.inject(f"{fault}@{number + 1}" if number else fault)

    def requests(self, action: str) -> list[dict[str, object]]:
        """Return the parameters of the calls of `action` that went well."""
        return [call.request for call in self.sandbox.log if call.action == action and call.status == 200]

    def count(self, action: str) -> int:
        """Return how many calls of `action` went well."""
        return len(self.requests(action))

    def versions(self) -> dict[str, str]:
        """Return the status of each version on the target."""
        found = self.cloud().supplier.list_versions({"nestforge:service": "small"})
        return {v.version: v.status for v in found}

    def _agree(self, changes: tuple[Change, ...]) -> bool:
        self.shown = changes
        return False


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
