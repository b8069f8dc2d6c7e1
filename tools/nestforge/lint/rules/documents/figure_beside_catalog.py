"""R8010."""

from __future__ import annotations

import re

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build

_ASKED = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_PORT = re.compile(r"(?<=[\w>}\]]):(\d{4,5})(?![\w.:])|(?:\bport|端口)\s+(\d{2,5})\b|\b(\d{2,5})\s*(?:端口|port\b)")
_VERSION = re.compile(r"\b([A-Za-z]+)[ :=v-]{1,3}(\d+\.\d+\.\d+(?:\.?(?:post|rc)\d+)?)(?![\w.])")
_PATH = re.compile(r"(?<![\w/])/root/[\w-]+")
_USUAL = (22, 80, 443)
"""Ports of the host and of the web, which no catalog needs to have."""


@rule("R8010")
def figure_beside_catalog(build: Build) -> Iterator[Finding]:
    """A document names a port, a version or a path that differs from what the catalogs say.

    A buyer types what the document says. Write a figure once, in the catalog, and let the document ask for it.

    Bad:  http://127.0.0.1:8080/health, and the port of the API is 8000
    Good: http://127.0.0.1:{{ service.cluster.ports.api }}/health
    """
    service = build.project.service
    known = {str(port) for port in _ports(build)}
    engines = {
        offered.engine.label.lower(): {release.version for release in offered.engine.releases}
        for offered in build.project.catalog.engines
    }
    for path, text in build.project.files.items():
        if not path.endswith(".md.j2"):
            continue
        for number, source in enumerate(text.split("\n"), 1):
            line = _ASKED.sub(lambda asked: " " * len(asked[0]), source)
            for found in _PORT.finditer(line):
                port = next(filter(None, found.groups()))
                if port not in known:
                    help = f"the ports are {', '.join(sorted(known, key=int))}"
                    yield Finding(_span(path, number, found), f"no catalog has the port {port}", help)
            for found in _VERSION.finditer(line):
                versions = engines.get(found[1].lower(), set())
                if versions and found[2] not in versions:
                    help = f"the versions are {', '.join(sorted(versions))}"
                    yield Finding(_span(path, number, found), f"no catalog has {found[1]} {found[2]}", help)
            for found in _PATH.finditer(line):
                root = service.container.model_root
                if found[0] != root and _folded(found[0]) == _folded(root):
                    yield Finding(
                        _span(path, number, found),
                        f"the models are in '{root}', not in '{found[0]}'",
                        "write the folder that the catalog has",
                    )


def _ports(build: Build) -> Iterator[int]:
    ports = build.project.service.cluster.ports
    yield from (ports.api, ports.engine, ports.peer, *_USUAL)
    for offered in build.project.catalog.engines:
        yield from (port.value for port in offered.engine.ports)


def _span(path: str, line: int, found: re.Match[str]) -> Span:
    return Span(path, line, found.start() + 1, line, found.end() + 1)


def _folded(path: str) -> str:
    return path.lower().replace("_", "").replace("-", "")
