"""The files that config.yaml names."""

from __future__ import annotations

import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.config import Config
    from nestforge.lint.hints import Hints
    from nestforge.lint.package import Files
    from nestforge.sources.config_part import Part


def named_files(config: Config) -> Iterator[Part]:
    """Yield what is uploaded with the service: icons, texts, templates, diagrams, operations."""
    for information in config.information:
        yield from _present(information, "Image", "LongDescriptionUrl")
    for edition in config.editions:
        yield from _present(edition.part, "Url", "ArchitectureDiagramUrl")
    operation = config.at("Service", "OperationMetadata")
    for action in operation.items_at("CustomOperations", "Actions") if operation else ():
        yield from _present(action, "TemplateUrl")


def artifact_files(config: Config) -> Iterator[Part]:
    """Yield what artifacts are made of, or the settings of an application."""
    for artifact in config.artifacts.values():
        if artifact.text_at("ArtifactType") in ("File", "Script") and (url := artifact.at("ArtifactProperty", "Url")):
            yield url
    for builder in config.entries("AcrImageBuilder"):
        yield from _present(builder, "DockerFilePath")
    for builder in config.entries("HelmChartBuilder"):
        yield from _present(builder, "HelmChartPath")
    operation = config.at("Service", "OperationMetadata")
    for settings in operation.items_at("ParameterConfigs") if operation else ():
        for group in settings.items_at("Metadata", "ParameterGroups"):
            yield from _present(group, "DefaultEnvFilePath")


def said_missing(path: str, config: Config, files: Files, hints: Hints) -> tuple[str, str]:
    """Return the sentence about a file that is not there, and what to do about it."""
    if path.startswith(("..", "/")):
        return f"'{path}' leads out of the package", "copy the file into the package"
    folder = posixpath.dirname(config.path) or "."
    near = hints.near_in(
        posixpath.relpath(path, folder), lambda: {posixpath.relpath(other, folder) for other in files.beside(path)}
    )
    return f"there is no file '{path}' in the package", near or "add the file, or name one that is there"


def _present(part: Part, *names: str) -> Iterator[Part]:
    for name in names:
        found = part.at(name)
        if found is not None:
            yield found
