"""Read the project: service.yaml, what it names in the catalogs, the texts, the templates and scripts."""

from __future__ import annotations

import os
from hashlib import blake2b

from nestforge.model.catalog import Catalog, Engine, Machine, Model
from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.near_miss import did_you_mean
from nestforge.model.project import Project, ProjectFaulty, Texts
from nestforge.model.service import Service
from nestforge.sources.check_schema import check_schema
from nestforge.sources.cross_checks import Offered, cross_checks
from nestforge.sources.kept import keeping, kept
from nestforge.sources.memo import NOTHING_KEPT
from nestforge.sources.places import places
from nestforge.sources.text_file import read_bytes, read_text
from nestforge.sources.yaml_file import YamlFile, parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike
    from typing import TypeVar

    from nestforge.sources.memo import Memo, Question
    from nestforge.sources.yaml_file import Way

    T = TypeVar("T")

SERVICE = "service/service.yaml"
TEXT_FOLDERS = ("ros_templates", "scripts", "i18n")
TEXT_SUFFIXES = (".j2", ".sh", ".conf", ".service")
LARGEST_PICTURE = 1024 * 1024
"""Bytes, of an icon as well."""
_OFFERED = (("project", "service"), ("project", "catalog"), ("project", "spans"))
_MODELS = {"service": Service, "model": Model, "engine": Engine, "instance": Machine}


class _Offer(NamedTuple):
    """What service.yaml and the catalogs say, as far as they can be read; `file` is service.yaml."""

    service: Service | None
    file: YamlFile | None
    catalog: Catalog | None
    spans: dict[Way, Span]
    report: list[Diagnostic]


def load_project(root: str | PathLike[str], memo: Memo = NOTHING_KEPT) -> Project:
    """Return the project below `root`; what is as `memo` knows it is not parsed again.

    Raises ProjectFaulty with everything that is wrong, not only the first fault.
    """
    root = os.fspath(root)
    report: list[Diagnostic] = []
    sources = {path: read_text(root, path, report) for path in _offer_paths(root)}
    known = "service and catalogs", repr(sources)
    offer = keeping(memo, lambda: _known(memo, *known, lambda: _read_offer(sources), *_OFFERED))
    report += offer.report
    service, file, catalog = offer.service, offer.file, offer.catalog
    if service is None or file is None:
        raise ProjectFaulty(sorted(report))
    texts = {}
    for index, locale in enumerate(service.locales):
        if not os.path.isdir(os.path.join(root, "i18n", locale.id)):
            report.append(_missing_language(locale.id, service, file.span("locales", index)))
        elif found := _texts(root, locale.id, report, memo):
            texts[locale.id] = found
    files = {p: text for p in _text_files(root) if (text := read_text(root, p, report)) is not None}
    pictures = {
        path: content
        for locale in service.locales
        for path in _picture_files(root, locale.id)
        if (content := read_bytes(root, path, report, LARGEST_PICTURE)) is not None
    }
    icon_path = f"service/{service.icon}"
    icon = _icon(root, icon_path, file, report)
    if report or catalog is None or icon is None:
        raise ProjectFaulty(sorted(report))
    return Project(root, service, catalog, texts, files, {icon_path: icon, **pictures}, offer.spans)


def _known(memo: Memo, step: str, content: str, work: Callable[[], T], *parts: Question) -> T:
    """Return what `work` makes of `content`, which is all that there is in these `parts` of a build."""
    digest = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    made = memo.of(step, lambda _: digest, lambda: ([("content",)], work()))
    if step not in memo.worked:
        memo.is_as_before(*parts)
    return made


def _offer_paths(root: str) -> list[str]:
    folders = sorted(map(_catalog_folder, ("model", "engine", "instance")))
    entries = ((folder, entry.name) for folder in folders for entry in _entries(root, folder))
    return [SERVICE, *(f"{folder}/{name}" for folder, name in entries if name.endswith(".yaml"))]


def _catalog_folder(kind: str) -> str:
    return f"service/catalog/{kind}s"


def _read_offer(sources: dict[str, str | None]) -> _Offer:
    report: list[Diagnostic] = []
    loaded = _loaded(Service, "service", SERVICE, sources[SERVICE], report)
    models = _catalog("model", sources, Model, report)
    engines = _catalog("engine", sources, Engine, report)
    machines = _catalog("instance", sources, Machine, report)
    if loaded is None:
        return _Offer(None, None, None, {}, report)
    service, file = loaded
    if report or None in sources.values():
        return _Offer(service, file, None, {}, report)
    catalog = _resolve(service, file, models, engines, machines, report)
    spans = places(file, models, engines, machines) if catalog is not None else {}
    return _Offer(service, file, catalog, spans, report)


def _missing_language(locale: str, service: Service, span: Span) -> Diagnostic:
    message = f"there is no folder 'i18n/{locale}'"
    help = f"write strings.yaml and docs/{service.document}.md.j2 there, or take the language out of this list"
    return Diagnostic(span, "R1001", "missing-file", message, help)


def _icon(root: str, path: str, service: YamlFile, report: list[Diagnostic]) -> bytes | None:
    found: list[Diagnostic] = []
    icon = read_bytes(root, path, found, LARGEST_PICTURE)
    report += [d._replace(span=service.span("icon")) if d.code in ("R1001", "R1002") else d for d in found]
    return icon


def _loaded(
    model: type[T], kind: str, path: str, text: str | None, report: list[Diagnostic]
) -> tuple[T, YamlFile] | None:
    """Return what the file of a `kind` says, as a `model`."""
    if text is None:
        return None
    read, found = _read_kind((kind, path, text))
    report += found
    if read is None:
        return None
    said, file = read
    assert isinstance(said, model)
    return said, file


@kept
def _read_kind(named: tuple[str, str, str]) -> tuple[tuple[object, YamlFile] | None, list[Diagnostic]]:
    """Return what stands in the file of that kind, at that path, with that text; and what is wrong with it."""
    kind, path, text = named
    report: list[Diagnostic] = []
    file = _read_yaml(kind, path, text, report)
    if file is None:
        return None, report
    import msgspec  # only a changed file pays for it

    return (msgspec.convert(file.data, _MODELS[kind]), file), report


def _read_yaml(kind: str, path: str, text: str, report: list[Diagnostic]) -> YamlFile | None:
    """Return the file, if it is what the schema of `kind` accepts."""
    file = parse_yaml(text, path, report)
    return file if file is not None and check_schema(kind, file, report) else None


def _catalog(
    kind: str, sources: dict[str, str | None], model: type[T], report: list[Diagnostic]
) -> list[tuple[T, YamlFile]]:
    within = {path: text for path, text in sources.items() if path.startswith(f"{_catalog_folder(kind)}/")}
    if not within:
        report.append(_empty_catalog(kind))
    return [entry for path, text in within.items() if (entry := _loaded(model, kind, path, text, report))]


def _empty_catalog(kind: str) -> Diagnostic:
    folder = _catalog_folder(kind)
    help = f"write the first one, {folder}/NAME.yaml: `nestforge schema {kind}` prints what stands in it"
    message = f"there is no file '{folder}/*.yaml', so the service has no {kind}"
    return Diagnostic(Span(folder, 1), "R1001", "missing-file", message, help)


def _resolve(
    service: Service,
    file: YamlFile,
    models: list[tuple[Model, YamlFile]],
    engines: list[tuple[Engine, YamlFile]],
    machines: list[tuple[Machine, YamlFile]],
    report: list[Diagnostic],
) -> Catalog | None:
    known_models = _unique(((m.id, (m, f), f) for m, f in models), "model", report)
    releases = ((e.at(release), f) for e, f in engines for release in e.releases)
    known_engines = _unique(((o.id, (o, f), f) for o, f in releases), "engine", report)
    known_types = _unique(((t.id, (m, t, f), f) for m, f in machines for t in m.types), "instance type", report)

    chosen_models = _pick(service.offer.models, known_models, "model", "models", file, report)
    chosen_engines = _pick(service.offer.engines, known_engines, "engine", "engines", file, report)
    chosen = _pick(service.offer.instances, known_types, "instance type", "instances", file, report)
    if report:
        return None
    report += cross_checks(Offered(service, file, chosen_models, chosen_engines, chosen))
    return Catalog(
        models=tuple(model for model, _ in chosen_models),
        engines=tuple(engine for engine, _ in chosen_engines),
        machine=chosen[0][0],
        instances=tuple(instance for _, instance, _ in chosen),
    )


def _unique(entries: Iterator[tuple[str, T, YamlFile]], what: str, report: list[Diagnostic]) -> dict[str, T]:
    result: dict[str, T] = {}
    homes: dict[str, str] = {}
    for name, value, file in entries:
        if name in result:
            message = f"the {what} '{name}' is already in {homes[name]}"
            report.append(
                Diagnostic(file.span("id"), "R1301", "duplicate-entry", message, "give one of them another id")
            )
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


def _texts(root: str, locale: str, report: list[Diagnostic], memo: Memo) -> Texts | None:
    path = f"i18n/{locale}/strings.yaml"
    text = read_text(root, path, report)
    if text is None:
        return None
    part = ("project", "texts", locale)
    texts, found = _known(memo, f"texts {locale}", text, lambda: _read_texts(locale, path, text), part)
    report += found
    return texts


def _read_texts(locale: str, path: str, text: str) -> tuple[Texts | None, list[Diagnostic]]:
    report: list[Diagnostic] = []
    file = _read_yaml("strings", path, text, report)
    if file is None:
        return None, report
    entries = dict(_flatten(file.data, ()))
    spans = {".".join(way): file.key_span(*way) for way in _ways(file.data, ())}
    return Texts(locale, path, entries, spans), report


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


def pictures_folder(locale: str) -> str:
    """Return where the pictures are that the document of `locale` may name."""
    return f"i18n/{locale}/docs/pictures"


def _picture_files(root: str, locale: str) -> list[str]:
    folder = pictures_folder(locale)
    return [f"{folder}/{entry.name}" for entry in _entries(root, folder) if not entry.name.startswith(".")]


def _text_files(root: str) -> list[str]:
    return sorted(path for folder in TEXT_FOLDERS for path in _texts_below(root, folder))


def _texts_below(root: str, folder: str) -> Iterator[str]:
    for entry in _entries(root, folder):
        path = f"{folder}/{entry.name}"
        if entry.is_symlink() or (os.path.splitext(entry.name)[1] in TEXT_SUFFIXES and entry.is_file()):
            yield path
        elif entry.is_dir():
            yield from _texts_below(root, path)


def _entries(root: str, folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder of the project, sorted; nothing where there is no such folder, or it is closed."""
    try:
        return sorted(os.scandir(os.path.join(root, folder)), key=lambda entry: entry.name)
    except OSError:
        return []
