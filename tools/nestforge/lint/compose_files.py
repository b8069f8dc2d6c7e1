"""The ports that files of Docker Compose publish, also those that a script writes itself, in a here-document."""

from __future__ import annotations

from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICES = "services:"
_PORTS = pattern(r"[ \t]*ports:[ \t]*(?:\[(.*)\][ \t]*)?(?:#.*)?")
_ENTRY = pattern(r"[ \t]*-[ \t]+[\"']?([\w.:/-]+)[\"']?[ \t]*(?:#.*)?")
_LONG = pattern(r"[ \t]*(?:-[ \t]+)?published:[ \t]*[\"']?([\d-]+)[\"']?[ \t]*(?:#.*)?")
_OF_LONG = pattern(r"[ \t]*(?:-[ \t]+)?(?:target|protocol|mode|host_ip|name|app_protocol):.*")
_SERVICES = pattern(r"[ \t]*services:[ \t]*(?:#.*)?")


def published_ports(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stands in the lists of ports of services, as it is written, each with its line, from 1."""
    in_services = in_ports = False
    for number, line in enumerate(text.split("\n"), 1):
        if not in_services:
            in_services = _SERVICES.fullmatch(line) is not None
            continue
        if ports := _PORTS.fullmatch(line):
            in_ports = ports[1] is None
            yield from ((entry.strip(" \t\"'"), number) for entry in (ports[1] or "").split(","))
        elif in_ports and (entry := _ENTRY.fullmatch(line)):
            yield entry[1], number
        elif in_ports and (entry := _LONG.fullmatch(line)):
            yield f"{entry[1]}:{entry[1]}", number
        elif in_ports and line.strip() and not line.lstrip().startswith("#") and not _OF_LONG.fullmatch(line):
            in_ports = False
