"""Write `.computenest/config.yaml`: the service as Compute Nest's tools import it."""

from __future__ import annotations

from nestforge.assemble.image_build import image_build_command
from nestforge.assemble.layout import (
    CONFIG,
    diagram_path,
    document_path,
    from_config,
    icon_path,
    node_tools_path,
    template_path,
)
from nestforge.assemble.texts import TextLookup
from nestforge.model.build import Made
from nestforge.model.diagnostic import Diagnostic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build
    from nestforge.model.project import Project


def configure_service(build: Build) -> Made:
    """Return config.yaml, with every field that the service and its artifacts have on the other side."""
    project = build.project
    texts = TextLookup(project)
    nameless = _nameless_packages(project, texts)
    if nameless:
        return Made(diagnostics=tuple(nameless))
    config = {"Service": _service(project, texts), "Artifact": _artifacts(project)}
    from nestforge.assemble.yaml_text import yaml_text  # loads PyYAML: only what changed is written

    content = f"# Made by nestforge from service/. Do not edit.\n{yaml_text(config)}".encode()
    return Made({CONFIG: content}, texts_used=frozenset(texts.used))


def _nameless_packages(project: Project, texts: TextLookup) -> list[Diagnostic]:
    """Return a finding for each text of a predefined parameter package that no language has."""
    result = []
    for index, edition in enumerate(project.service.editions):
        for number, package in enumerate(edition.packages):
            span = project.span("service", "editions", index, "packages", number, "id")
            for key in (f"packages.{package.id}.name", f"packages.{package.id}.description"):
                if not texts.has(key):
                    help = f"add it to {' and '.join(t.path for t in project.texts.values())}"
                    result.append(Diagnostic(span, "R2001", "undefined-name", f"there is no text '{key}'", help))
    return result


def _service(project: Project, texts: TextLookup) -> dict[str, object]:
    service, release = project.service, project.service.release
    return {
        "RegionId": release.region,
        "DeployType": release.deploy_type,
        "ServiceType": release.service_type,
        "ShareType": release.share_type,
        "ApprovalType": release.approval_type,
        "TenantType": release.tenant_type,
        "VersionName": service.version_name,
        "Tags": {"nestforge:service": service.id, **release.tags},
        "ServiceInfo": [_info(project, texts, locale.id) for locale in service.locales],
        "DeployMetadata": _deploy_metadata(project, texts),
        "OperationMetadata": {
            "StatusOperationConfigs": [
                {"TemplateName": edition.name, "SupportOperations": list(release.operations)}
                for edition in service.editions
            ]
        },
    }


def _info(project: Project, texts: TextLookup, locale: str) -> dict[str, object]:
    service = project.service
    licenses = {model.license.name: model for model in project.catalog.models}
    return {
        "Locale": locale,
        "Name": texts.one("service.name", locale),
        "ShortDescription": texts.one("service.description", locale),
        "Image": from_config(icon_path(service)),
        "LongDescriptionUrl": f"../{document_path(service, locale)}",
        "Agreements": [{"Name": f"{model.name}: {name}", "Url": model.license.url} for name, model in licenses.items()],
    }


def _deploy_metadata(project: Project, texts: TextLookup) -> dict[str, object]:
    service = project.service
    tools = service.node_tools
    return {
        "TemplateConfigs": [
            {
                "Name": edition.name,
                "Url": from_config(template_path(edition)),
                "ArchitectureDiagramUrl": from_config(diagram_path(edition)),
                "AllowedRegions": list(service.release.support_regions),
                "PredefinedParameters": [
                    {
                        "Name": texts.joined(f"packages.{package.id}.name"),
                        "Description": texts.joined(f"packages.{package.id}.description"),
                        "Type": "Normal",
                        "Parameters": package.parameters,
                    }
                    for package in edition.packages
                ],
            }
            for edition in service.editions
        ],
        "SupplierDeployMetadata": {
            "DeployTimeout": service.cluster.timeouts.deploy,
            "ArtifactRelation": {
                model.image.token: _relation(model.image.artifact) for model in project.catalog.models
            },
            "FileArtifactRelation": {
                f"{{{{ computenest::file::{tools.name} }}}}": _relation(tools.artifact),
            },
        },
    }


def _relation(artifact: str) -> dict[str, str]:
    return {"ArtifactId": f"${{Artifact.{artifact}.ArtifactId}}", "ArtifactVersion": "draft"}


def _artifacts(project: Project) -> dict[str, object]:
    service = project.service
    build, regions = service.image_build, list(service.release.support_regions)
    images = {
        model.image.artifact: {
            "ArtifactType": "EcsImage",
            "ArtifactBuildType": "EcsImage",
            "ArtifactName": f"{service.id}-{model.name.lower()}",
            "Description": f"{model.id} with the engines {', '.join(e.id for e in project.catalog.engines)}",
            "SupportRegionIds": regions,
            "ArtifactBuildProperty": {
                "RegionId": build.region,
                "SourceImageId": build.source_image,
                "SystemDiskSize": model.image.system_disk_gib,
                "EnableGpu": build.enable_gpu,
                "CommandType": "RunShellScript",
                "CommandContent": image_build_command(project, model),
            },
        }
        for model in project.catalog.models
    }
    tools = {
        "ArtifactType": "File",
        "ArtifactName": f"{service.id}-{service.node_tools.name}",
        "Description": "Shell libraries and the final check, fetched by both nodes",
        "SupportRegionIds": regions,
        "ArtifactProperty": {
            "RegionId": service.release.region,
            "Url": from_config(node_tools_path(service)),
        },
    }
    return {**images, service.node_tools.artifact: tools}
