"""Read the project: service.yaml, what it names in the catalogs, the texts, the templates and scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import msgspec

from nestforge.model.catalog import Catalog, Engine, InstanceType, Machine, Model, OfferedEngine
from nestforge.model.diagnostic import Diagnostic
from nestforge.model.near_miss import did_you_mean
from nestforge.model.project import Project, ProjectFaulty, Texts
from nestforge.model.service import Service
from nestforge.sources.check_schema import check_schema
from nestforge.sources.places import places
from nestforge.sources.text_file import read_bytes, read_text
from nestforge.sources.yaml_file import YamlFile, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nestforge.model.diagnostic import Span

T = TypeVar("T")

SERVICE = "service/service.yaml"
TEXT_FOLDERS = ("ros_templates", "scripts", "i18n")
TEXT_SUFFIXES = (".j2", ".sh", ".conf", ".service")
LARGEST_ICON = 1024 * 1024


def load_project(root: Path) -> Project:
    """Return the project below `root`.

    Raises ProjectFaulty with everything that is wrong, not only the first fault.
    """
    report: list[Diagnostic] = []
    loaded = _read_kind(root, "service", SERVICE, Service, report)
    models = _catalog(root, "model", Model, report)
    engines = _catalog(root, "engine", Engine, report)
    machines = _catalog(root, "instance", Machine, report)
    if loaded is None:
        raise ProjectFaulty(sorted(report))
    service, file = loaded
    catalog = _resolve(service, file, models, engines, machines, report) if not report else None
    texts = {}
    for index, locale in enumerate(service.locales):
        if not (root / "i18n" / locale.id).is_dir():
            report.append(_missing_language(locale.id, service, file.span("locales", index)))
        elif found := _texts(root, locale.id, report):
            texts[locale.id] = found
    files = {p: text for p in _text_files(root) if (text := read_text(root, p, report)) is not None}
    icon_path = f"service/{service.icon}"
    icon = _icon(root, icon_path, file, report)
    if report or catalog is None or icon is None:
        raise ProjectFaulty(sorted(report))
    spans = places(file, models, engines, machines)
    return Project(str(root), service, catalog, texts, files, {icon_path: icon}, spans)


def _missing_language(locale: str, service: Service, span: Span) -> Diagnostic:
    message = f"there is no folder 'i18n/{locale}'"
    help = f"write strings.yaml and docs/{service.document}.md.j2 there, or take the language out of this list"
    return Diagnostic(span, "R1001", "missing-file", message, help)


def _icon(root: Path, path: str, service: YamlFile, report: list[Diagnostic]) -> bytes | None:
    found: list[Diagnostic] = []
    icon = read_bytes(root, path, found, LARGEST_ICON)
    report += [replace(d, span=service.span("icon")) if d.code in ("R1001", "R1002") else d for d in found]
    return icon


def _read_kind(root: Path, kind: str, path: str, model: type[T], report: list[Diagnostic]) -> tuple[T, YamlFile] | None:
    text = read_text(root, path, report)
    file = parse_yaml(text, path, report) if text is not None else None
    if file is None or not check_schema(kind, file, report):
        return None
    return msgspec.convert(file.data, model), file


def _catalog(root: Path, kind: str, model: type[T], report: list[Diagnostic]) -> list[tuple[T, YamlFile]]:
    folder = root / "service" / "catalog" / f"{kind}s"
    paths = sorted(p.relative_to(root).as_posix() for p in folder.glob("*.yaml"))
    if not paths:
        read_text(root, f"service/catalog/{kind}s/*.yaml", report)
    return [entry for path in paths if (entry := _read_kind(root, kind, path, model, report))]


def _resolve(
    service: Service,
    file: YamlFile,
    models: list[tuple[Model, YamlFile]],
    engines: list[tuple[Engine, YamlFile]],
    machines: list[tuple[Machine, YamlFile]],
    report: list[Diagnostic],
) -> Catalog | None:
    known_models = _unique(((m.id, m, f) for m, f in models), "model", report)
    offered = (e.at(release) for e, _ in engines for release in e.releases)
    files = {e.id: f for e, f in engines}
    known_engines = _unique(((o.id, o, files[o.engine.id]) for o in offered), "engine", report)
    known_types = _unique(((t.id, (m, t), f) for m, f in machines for t in m.types), "instance type", report)

    chosen_models = _pick(service.offer.models, known_models, "model", "models", file, report)
    chosen_engines = _pick(service.offer.engines, known_engines, "engine", "engines", file, report)
    chosen = _pick(service.offer.instances, known_types, "instance type", "instances", file, report)
    if report:
        return None
    _check_gpus(service, file, chosen_engines, chosen, report)
    return Catalog(
        models=tuple(chosen_models),
        engines=tuple(chosen_engines),
        machine=chosen[0][0],
        instances=tuple(instance for _, instance in chosen),
    )


def _unique(entries: Iterator[tuple[str, T, YamlFile]], what: str, report: list[Diagnostic]) -> dict[str, T]:
    result: dict[str, T] = {}
    homes: dict[str, str] = {}
    for name, value, file in entries:
        if name in result:
            message = f"the {what} '{name}' is already in {homes[name]}"
            report.append(Diagnostic(file.span("id"), "R1301", "duplicate-entry", message))
        result[name] = value
        homes[name] = file.path
    return result


def _pick(
    names: tuple[str, ...],
    known: dict[str, T],
    what: str,
    section: str,
    file: YamlFile,
    report: list[Diagnostic],
) -> list[T]:
    for index, name in enumerate(names):
        if name not in known:
            message = f"there is no {what} '{name}' in service/catalog"
            help = did_you_mean(name, known) or f"known are {', '.join(known)}"
            span = file.span("offer", section, index)
            report.append(Diagnostic(span, "R1302", "unknown-entry", message, help))
    return [known[name] for name in names if name in known]


def _check_gpus(
    service: Service,
    file: YamlFile,
    engines: list[OfferedEngine],
    chosen: list[tuple[Machine, InstanceType]],
    report: list[Diagnostic],
) -> None:
    """Every machine must have the GPUs that the engines are told to use, and be of one kind."""
    cluster = service.cluster
    for index, (machine, instance) in enumerate(chosen):
        span = file.span("offer", "instances", index)
        if instance.gpus != cluster.gpus_per_node:
            message = f"'{instance.id}' has {instance.gpus} GPUs, expected {cluster.gpus_per_node}"
            report.append(Diagnostic(span, "R1303", "gpu-count", message, "see cluster.gpus_per_node"))
        if machine is not chosen[0][0]:
            message = f"'{instance.id}' carries {machine.accelerator}, the first carries another accelerator"
            report.append(Diagnostic(span, "R1304", "mixed-accelerators", message))
    total = cluster.nodes * cluster.gpus_per_node
    for index, offered in enumerate(engines):
        cut = offered.engine.parallelism
        if cut.tensor * cut.pipeline != total:
            message = (
                f"'{offered.id}' is cut into {cut.tensor} x {cut.pipeline} parts, "
                f"expected {total}: the GPUs of {cluster.nodes} nodes"
            )
            report.append(Diagnostic(file.span("offer", "engines", index), "R1305", "parallelism", message))


def _texts(root: Path, locale: str, report: list[Diagnostic]) -> Texts | None:
    path = f"i18n/{locale}/strings.yaml"
    text = read_text(root, path, report)
    file = parse_yaml(text, path, report) if text is not None else None
    if file is None or not check_schema("strings", file, report):
        return None
    entries = dict(_flatten(file.data, ()))
    spans = {".".join(way): file.key_span(*way) for way in _ways(file.data, ())}
    return Texts(locale, path, entries, spans)


def _flatten(value: object, way: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flatten(item, (*way, key))
    else:
        yield ".".join(way), str(value)


def _ways(value: object, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _ways(item, (*way, key))
    else:
        yield way


def _text_files(root: Path) -> list[str]:
    found = (p for folder in TEXT_FOLDERS for p in (root / folder).rglob("*"))
    wanted = (p for p in found if p.is_symlink() or (p.suffix in TEXT_SUFFIXES and p.is_file()))
    return sorted(p.relative_to(root).as_posix() for p in wanted)
