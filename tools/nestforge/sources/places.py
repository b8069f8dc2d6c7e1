"""Where each value of the YAML sources stands, once the catalogs are resolved."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.catalog import Engine, Machine, Model
    from nestforge.model.diagnostic import Span
    from nestforge.sources.yaml_file import Way, YamlFile

RELEASES = "releases"


def places(
    service: YamlFile,
    models: list[tuple[Model, YamlFile]],
    engines: list[tuple[Engine, YamlFile]],
    machines: list[tuple[Machine, YamlFile]],
) -> dict[Way, Span]:
    """Return the place of every value by its way, as `Project.spans` documents it."""
    result: dict[Way, Span] = {("service", *way): span for way, span in service.spans.items()}
    for model, file in models:
        result |= {("model", model.id, *way): span for way, span in file.spans.items()}
    for engine, file in engines:
        result |= dict(_engine_places(engine, file))
    for machine, file in machines:
        result |= {("instance", machine.accelerator, *way): span for way, span in file.spans.items()}
    return result


def _engine_places(engine: Engine, file: YamlFile) -> Iterator[tuple[Way, Span]]:
    """Yield the places of each release under its own id, what it adds after what all releases have."""
    added_after = {
        "serve_arguments": len(engine.serve_arguments),
        "dropped": len(engine.dropped),
        "advisories": len(engine.advisories),
    }
    for index, release in enumerate(engine.releases):
        head: Way = ("engine", engine.at(release).id)
        for way, span in file.spans.items():
            if way[:1] != (RELEASES,):
                yield (*head, *way), span
            elif way[1:2] == (index,):
                inner = way[2:]
                if len(inner) > 1 and inner[0] in added_after and isinstance(inner[1], int):
                    inner = (inner[0], inner[1] + added_after[str(inner[0])], *inner[2:])
                elif inner[:1] in {(name,) for name in added_after}:
                    continue  # the list as such is the engine's
                yield (*head, *inner), span
