"""Where the sources of a project say what its config.yaml says."""

from __future__ import annotations

from nestforge.assemble.layout import CONFIG
from nestforge.lint.package import span_in
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.model.project import Project
    from nestforge.sources.config_part import Way


def config_place(project: Project, way: Way, node: Node) -> Span:
    """Return where the sources say what config.yaml says at `way`."""
    match way:
        case ("Service", "DeployMetadata", "SupplierDeployMetadata", "ArtifactRelation", str(token), *_):
            for model in project.catalog.models:
                if model.image.token == token:
                    return project.span("model", model.id, "image", "token")
        case ("Service", "DeployMetadata", "SupplierDeployMetadata", "FileArtifactRelation", *_):
            return project.span("service", "node_tools", "name")
        case ("Service", "DeployMetadata", "SupplierDeployMetadata", "DeployTimeout"):
            return project.span("service", "cluster", "timeouts", "deploy")
        case ("Service", "DeployMetadata", "TemplateConfigs", int(edition), *rest):
            return _edition_place(project, edition, tuple(rest))
        case ("Service", "ServiceInfo", int(locale), "Name" | "ShortDescription" as key, *_):
            return _text_place(project, locale, "service.name" if key == "Name" else "service.description")
        case ("Service", str(key), *_) if key in _RELEASE:
            return project.span("service", *_RELEASE[key])
        case ("Artifact", str(), "SupportRegionIds", *rest):
            return project.span("service", "release", "support_regions", *rest)
        case ("Artifact", str(artifact), *_):
            for model in project.catalog.models:
                if model.image.artifact == artifact:
                    return Span("scripts/image/build.sh", 1)
        case _:
            pass
    return span_in(CONFIG, node)


_RELEASE = {
    "RegionId": ("release", "region"),
    "DeployType": ("release", "deploy_type"),
    "ServiceType": ("release", "service_type"),
    "ShareType": ("release", "share_type"),
    "ApprovalType": ("release", "approval_type"),
    "TenantType": ("release", "tenant_type"),
    "VersionName": ("version_name",),
    "Tags": ("release", "tags"),
    "OperationMetadata": ("release", "operations"),
}
"""What stands in service.yaml under another name."""


def _edition_place(project: Project, edition: int, rest: Way) -> Span:
    match rest:
        case ("PredefinedParameters", int(package), "Parameters", str(name), *_):
            return project.span("service", "editions", edition, "packages", package, "parameters", name)
        case ("PredefinedParameters", int(package), *_):
            return project.span("service", "editions", edition, "packages", package, "id")
        case ("AllowedRegions", *index):
            return project.span("service", "release", "support_regions", *index)
        case _:
            return project.span("service", "editions", edition, "name")


def _text_place(project: Project, locale: int, key: str) -> Span:
    texts = project.texts.get(project.service.locales[locale].id)
    return texts.spans[key] if texts and key in texts.spans else Span(CONFIG, 1)
