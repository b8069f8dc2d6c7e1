"""What the entries of service.yaml and of the catalogs demand of each other, where each by itself is right."""

from __future__ import annotations

from collections import Counter

from nestforge.model.dataclass import dataclass
from nestforge.model.diagnostic import Diagnostic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.model.catalog import Argument, InstanceType, Machine, Model, OfferedEngine
    from nestforge.model.service import Service
    from nestforge.sources.yaml_file import Way, YamlFile

SSH = 22
REPEATABLE = frozenset({"--cap-add", "--device", "--env", "--log-opt", "--ulimit", "--volume"})
"""Arguments of `docker run` that add to each other; of any other, and of an engine's, the last one counts."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What service.yaml offers, each entry with the file it stands in."""

    service: Service
    file: YamlFile
    models: list[tuple[Model, YamlFile]]
    engines: list[tuple[OfferedEngine, YamlFile]]
    instances: list[tuple[Machine, InstanceType, YamlFile]]


def cross_checks(offered: Offered) -> list[Diagnostic]:
    """Return what does not fit together. What depends on several entries is said at the one to change."""
    return [
        *_gpus(offered),
        *_parallelism(offered),
        *_shares(offered),
        *_disks(offered),
        *_contexts(offered),
        *_timeouts(offered),
        *_ports(offered),
        *_doubled(offered),
    ]


def _gpus(offered: Offered) -> Iterator[Diagnostic]:
    expected = offered.service.cluster.gpus_per_node
    first = offered.instances[0][0]
    for index, (machine, instance, _) in enumerate(offered.instances):
        span = offered.file.span("offer", "instances", index)
        if instance.gpus != expected:
            message = f"'{instance.id}' has {instance.gpus} GPUs, expected {expected}"
            yield Diagnostic(span, "R1303", "gpu-count", message, "see cluster.gpus_per_node")
        if machine is not first:
            message = f"'{instance.id}' carries {machine.accelerator}, the first carries another accelerator"
            yield Diagnostic(span, "R1304", "mixed-accelerators", message, "offer it in a service of its own")


def _parallelism(offered: Offered) -> Iterator[Diagnostic]:
    cluster = offered.service.cluster
    total = cluster.nodes * cluster.gpus_per_node
    for index, (entry, _) in enumerate(offered.engines):
        cut = entry.engine.parallelism
        if cut.tensor * cut.pipeline != total:
            message = (
                f"'{entry.id}' is cut into {cut.tensor} x {cut.pipeline} parts, "
                f"expected {total}: the GPUs of {cluster.nodes} nodes"
            )
            span = offered.file.span("offer", "engines", index)
            yield Diagnostic(span, "R1305", "parallelism", message, "see parallelism in the catalog of the engine")


def _shares(offered: Offered) -> Iterator[Diagnostic]:
    share, bandwidth = offered.service.cluster.gpu_memory_utilization, offered.service.cluster.bandwidth_mbps
    way: Way = ("cluster", "gpu_memory_utilization")
    yield from _bound(offered.file, (*way, "minimum"), share.minimum, most=share.maximum, why="the maximum")
    bounds = [(share.maximum, "the form's range")]
    bounds += [
        (own, f"the maximum_share of {engine.id}")
        for engine, _ in offered.engines
        if (own := engine.engine.memory.maximum_share) is not None
    ]
    for most, why in bounds:
        found = list(_bound(offered.file, (*way, "default"), share.default, least=share.minimum, most=most, why=why))
        if found:
            yield from found
            break
    way = ("cluster", "bandwidth_mbps", "default")
    yield from _bound(offered.file, way, bandwidth.default, most=bandwidth.maximum, why="the maximum")


def _disks(offered: Offered) -> Iterator[Diagnostic]:
    service, disk = offered.service, offered.service.cluster.disk
    containers = service.image_build.container_gib * len(offered.engines)
    for model, file in offered.models:
        needed = model.weights_gib + containers
        why = f"the weights and {len(offered.engines)} container images of {service.image_build.container_gib} GiB"
        yield from _bound(file, ("image", "system_disk_gib"), model.image.system_disk_gib, least=needed, why=why)
    largest = max((model for model, _ in offered.models), key=lambda model: model.image.system_disk_gib)
    least, why = largest.image.system_disk_gib, f"the system_disk_gib of {largest.id}"
    yield from _bound(offered.file, ("cluster", "disk", "maximum_gib"), disk.maximum_gib, least=least, why=why)
    way = ("cluster", "disk", "default_gib")
    found = list(_bound(offered.file, way, disk.default_gib, least=least, why=why))
    yield from found or _bound(offered.file, way, disk.default_gib, most=disk.maximum_gib, why="the maximum_gib")


def _contexts(offered: Offered) -> Iterator[Diagnostic]:
    """One field of the form serves every model: what it proposes must be in the range of each."""
    sound = True
    for model, file in offered.models:
        context = model.context
        found = [
            *_bound(file, ("context", "minimum"), context.minimum, most=context.limit, why="the limit"),
            *_bound(
                file,
                ("context", "default"),
                context.default,
                least=context.minimum,
                most=context.limit,
                why="the model's own range",
            ),
        ]
        sound = sound and not found
        yield from found
    if not sound:
        return
    lowest, file = min(offered.models, key=lambda entry: entry[0].context.default)
    strictest = max((model for model, _ in offered.models), key=lambda model: model.context.minimum)
    yield from _bound(
        file,
        ("context", "default"),
        lowest.context.default,
        least=strictest.context.minimum,
        why=f"the minimum of {strictest.id}, with which it shares a field of the form",
    )


def _timeouts(offered: Offered) -> Iterator[Diagnostic]:
    timeouts = offered.service.cluster.timeouts
    way = ("cluster", "timeouts", "deploy")
    why = "what the commands may take, which begin when the hosts are there"
    yield from _bound(offered.file, way, timeouts.deploy, least=timeouts.signal + 1, why=why)


def _ports(offered: Offered) -> Iterator[Diagnostic]:
    """Programs of one node must not meet on a port. Only one engine runs on it at a time."""
    ports = offered.service.cluster.ports
    common: list[tuple[str, int, Way, YamlFile]] = [
        (f"the port '{name}'", value, ("cluster", "ports", name), offered.file)
        for name, value in (("api", ports.api), ("engine", ports.engine), ("peer", ports.peer))
    ]
    yield from _collisions([("SSH", SSH, (), offered.file), *common], {})
    for entry, file in {entry.engine.id: (entry, file) for entry, file in offered.engines}.values():
        known = {port.name: port.value for port in entry.engine.ports}
        ranges = {
            name.removesuffix("_first"): range(value, known[name.removesuffix("first") + "last"] + 1)
            for name, value in known.items()
            if name.endswith("_first") and name.removesuffix("first") + "last" in known
        }
        own: list[tuple[str, int, Way, YamlFile]] = [
            (f"the port '{port.name}'", port.value, ("ports", index, "value"), file)
            for index, port in enumerate(entry.engine.ports)
        ]
        for index, port in enumerate(entry.engine.ports):
            stem = port.name.removesuffix("_last")
            if stem in ranges and port.name.endswith("_last"):
                first = known[f"{stem}_first"]
                yield from _bound(file, ("ports", index, "value"), port.value, least=first, why=f"the {stem}_first")
        taken = [("SSH", SSH, (), offered.file), *common]
        yield from _collisions([*taken, *own], ranges, known_before=len(taken))


def _collisions(
    ports: list[tuple[str, int, Way, YamlFile]], ranges: dict[str, range], known_before: int = 0
) -> Iterator[Diagnostic]:
    """Yield each port that an earlier one has, or that lies in a range of which it is no end.

    The first `known_before` have been compared with each other; where one lies in a range, the range is named.
    """
    first: dict[int, str] = {}
    for index, (name, value, way, file) in enumerate(ports):
        if value in first and index >= known_before:
            message = f"{name} is {value}, which is {first[value]} as well"
            yield Diagnostic(file.span(*way), "R1307", "port-collision", message, "give each its own port")
        first.setdefault(value, name)
        for stem, span in ranges.items():
            if value in span and f"'{stem}_" not in name:
                message = f"{name} is {value}, within the range of '{stem}', {span[0]} to {span[-1]}"
                yield Diagnostic(file.span(*way), "R1307", "port-collision", message, "take one outside the range")


def _doubled(offered: Offered) -> Iterator[Diagnostic]:
    """An argument that stands twice in one command: the last one wins, and the other is a trap for its reader."""
    container = offered.service.container
    yield from _twice(_flags(container.arguments, ("container", "arguments")), offered.file, REPEATABLE)
    fabric = offered.instances[0][0].fabric.environment
    names_of_fabric = [variable.name for variable in fabric]
    yield from _twice(
        [(name, ("fabric", "environment", index, "name")) for index, name in enumerate(names_of_fabric)],
        offered.instances[0][2],
    )
    for entry, file in {entry.engine.id: (entry, file) for entry, file in offered.engines}.values():
        engine = entry.engine
        yield from _twice(_flags(engine.head_arguments, ("head_arguments",)), file)
        yield from _twice(_flags(engine.join_arguments, ("join_arguments",)), file)
        variables: list[tuple[str, Way]] = [(name, ()) for name in names_of_fabric]
        variables += [(v.name, ("environment", index, "name")) for index, v in enumerate(engine.environment)]
        yield from _twice(variables, file)
        ports = [(port.name, ("ports", index, "name")) for index, port in enumerate(engine.ports)]
        yield from _twice(ports, file, what="the ports")
    seen: set[str] = set()
    for entry, file in offered.engines:
        added = len(entry.release.serve_arguments)
        common = len(entry.engine.serve_arguments) - added
        flags = _flags(entry.engine.serve_arguments[:common], ("serve_arguments",))
        if entry.engine.id not in seen:
            yield from _twice(flags, file)
        seen.add(entry.engine.id)
        number = _release_number(entry, file)
        more = _flags(entry.release.serve_arguments, ("releases", number, "serve_arguments"))
        known = {flag for flag, _ in flags}
        yield from _twice([*((flag, ()) for flag in known), *more], file)


def _release_number(entry: OfferedEngine, file: YamlFile) -> int:
    releases = file.data["releases"] if isinstance(file.data, dict) else []
    return next(index for index, release in enumerate(releases) if release["version"] == entry.release.version)


def _flags(arguments: Iterable[Argument], way: Way) -> list[tuple[str, Way]]:
    return [(argument.flag, (*way, index, "flag")) for index, argument in enumerate(arguments)]


def _twice(
    names: Iterable[tuple[str, Way]],
    file: YamlFile,
    repeatable: frozenset[str] = frozenset(),
    what: str = "this command",
) -> Iterator[Diagnostic]:
    counts: Counter[str] = Counter()
    for name, way in names:
        counts[name] += 1
        if counts[name] > 1 and way and name not in repeatable:
            message = f"'{name}' is in {what} already"
            yield Diagnostic(file.span(*way), "R1308", "doubled-argument", message, "keep one of them")


def _bound(
    file: YamlFile, way: Way, value: float, *, least: float | None = None, most: float | None = None, why: str
) -> Iterator[Diagnostic]:
    if (least is None or value >= least) and (most is None or value <= most):
        return
    expected = f"{least} to {most}" if least is not None and most is not None else None
    expected = expected or (f"at least {least}" if least is not None else f"at most {most}")
    message = f"'{'.'.join(map(str, way))}' is {value}, expected {expected}: {why}"
    yield Diagnostic(file.span(*way), "R1306", "out-of-range", message, "change it, or what bounds it")
