"""The ports that the scripts of a template listen on, and those that the rules of its security groups open."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.compose_files import SERVICES, published_ports
from nestforge.lint.engine_starts import flag_values, starts_of
from nestforge.lint.resource_values import structures_of
from nestforge.lint.shell_words import simple_commands
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.kept import kept
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.engine_starts import Start
    from nestforge.lint.shell_words import Word
    from nestforge.sources.template import Template

_CONTAINERS = ("docker", "podman", "nerdctl")
_OTHER_NETWORK = ("docker run", "podman run", "nerdctl run", "docker compose", "docker-compose", "kubectl")
_DEFAULT_PORTS = {
    2181: "zookeeper",
    2379: "etcd",
    3000: "grafana",
    3306: "mysql|mariadb",
    5432: "postgres|pgvector",
    5601: "kibana",
    5672: "rabbitmq",
    6379: r"redis|ray\b|valkey",
    7860: "gradio|webui",
    8000: "vllm|uvicorn|django|runserver",
    8080: r"tomcat|jenkins|code-server|java\b",
    8188: "comfyui",
    8265: r"ray\b",
    8848: "nacos",
    8888: "jupyter",
    9000: "minio|portainer|php-fpm",
    9090: "prometheus",
    9092: "kafka",
    9200: "elasticsearch",
    11211: "memcached",
    11434: "ollama",
    15672: "rabbitmq",
    27017: "mongo",
    30000: "sglang",
}
"""Where programs listen that are told nothing else, as their manuals say."""

_PUBLISHED = pattern(r"(?:0\.0\.0\.0:)?(\d{1,5})(?:-(\d{1,5}))?:\d+(?:-\d+)?(?:/tcp)?")
_LAST_PORT = 65535
_SERVER, _SERVER_PORT = "http.server", "8000"
_PYTHON = pattern(r"(?:.*/)?python[\d.]*")
_RANGE = pattern(r"\s*(-?\d+)\s*/\s*(-?\d+)\s*")
_RANGE_LINE = pattern(r"PortRange|^\W*-?\d+/-?\d+\W*$")
_NUMBER = pattern(r"(?<!\d)\d{1,5}(?!\d)")
_HOST_NETWORK = pattern(r"--net(?:work)?[= ]host")
_EVERYWHERE = ("0.0.0.0", "::", "")


class Listener(NamedTuple):
    """The ports, mostly one, that a script listens on from outside of its machine, and the words that say so."""

    first: int
    last: int
    line: int
    written: str


class Opening(NamedTuple):
    """A rule that lets TCP in, from port to port; `is_public` where it is for addresses, and not for a group."""

    first: int
    last: int
    node: Node
    is_public: bool


def listeners(template: Template) -> set[Listener]:
    """Return the ports that are known: what containers publish, and what an engine outside of one opens."""
    found: set[Listener] = set()
    in_container = False
    for script in shell_scripts_of(template):
        for text in script.texts:
            in_container = in_container or _has_other_network(text.text)
            if not any(name in text.text for name in (*_CONTAINERS, _SERVER, SERVICES)):
                continue
            lines = text.lines
            for each in _listeners_in(text.masked):
                found.add(each._replace(line=lines[min(each.line, len(lines)) - 1]))
    for start in starts_of(template) if not in_container else ():
        opened = _port_of(start)
        if opened is not None:
            found.add(Listener(opened, opened, start.command.line, start.command.text))
    return found


@kept
def _listeners_in(text: str) -> tuple[Listener, ...]:
    found = [each for words in simple_commands(text) for each in (*_published(words), *_served(words))]
    composed = published_ports(text) if SERVICES in text else ()
    return (*found, *(listener for written, line in composed for listener in _as_published(written, line)))


def _has_other_network(text: str) -> bool:
    return any(command in text for command in _OTHER_NETWORK) and not _HOST_NETWORK.search(text)


def _port_of(start: Start) -> int | None:
    """Return the port that an engine opens for other machines; vLLM does so without being told."""
    values = flag_values(start, {})
    if start.engine == "ray" or values is None or "--headless" in values or "--uds" in values:
        return None
    if values.get("--host", "" if start.engine == "vllm" else "127.0.0.1") not in _EVERYWHERE:
        return None
    port = values.get("--port", "8000" if start.engine == "vllm" else "30000") or ""
    return int(port) if port.isdigit() else None


def has_unseen_listeners(template: Template) -> bool:
    """Return whether a container has the network of its host: what its image listens on is not written here."""
    return any(_HOST_NETWORK.search(text.text) for script in shell_scripts_of(template) for text in script.texts)


def is_default_port(port: int, template: Template) -> bool:
    """Return whether a program that the template names listens on a port without being told."""
    names = _DEFAULT_PORTS.get(port)
    return names is not None and pattern(rf"(?i)(?<![a-z])(?:{names})").search(template.text) is not None


def _published(words: list[Word]) -> Iterator[Listener]:
    texts = [word.text for word in words]
    if "run" not in texts or not any(text.rpartition("/")[2] in _CONTAINERS for text in texts):
        return
    for index, word in enumerate(words):
        name, equals, value = word.text.partition("=")
        if name in ("-p", "--publish") and not equals and index + 1 < len(words):
            value = words[index + 1].text
        elif word.text.startswith("-p") and word.text[2:3].isdigit():
            value = word.text[2:]
        elif not (name == "--publish" and equals):
            continue
        yield from _as_published(value, word.line)


def _as_published(written: str, line: int) -> Iterator[Listener]:
    found = _PUBLISHED.fullmatch(written)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, -1)
    if first <= last <= _LAST_PORT:
        yield Listener(first, last, line, written)


def _served(words: list[Word]) -> Iterator[Listener]:
    """Yield the port of `python3 -m http.server`, which serves a folder to everybody unless it is bound."""
    texts = [word.text for word in words]
    if _SERVER not in texts or not any(map(_PYTHON.fullmatch, texts)) or not all(word.is_known for word in words):
        return
    at = texts.index(_SERVER)
    if texts[at - 1] != "-m" or any(text.startswith(("-b", "--b")) for text in texts[at:]):
        return
    given = texts[at + 1] if len(texts) > at + 1 else ""
    port = given if given.isdecimal() else _SERVER_PORT if not given or given.startswith("-") else ""
    if port and int(port) <= _LAST_PORT:
        yield Listener(int(port), int(port), words[at].line, _SERVER)


def openings(template: Template) -> list[Opening] | None:
    """Return what the rules of the template's security groups open; None where that is not known in full."""
    if not any(template.type_of(name) == "ALIYUN::ECS::SecurityGroup" for name in template.resources):
        return None
    found: list[Opening] = []
    for structure in structures_of(template):
        if "PortRange" not in structure.given or "Egress" in structure.path or "Egress" in structure.of.name:
            continue
        node = structure.given["PortRange"][1]
        protocol = scalar(structure.given["IpProtocol"][1]) if "IpProtocol" in structure.given else None
        ports = _RANGE.fullmatch(scalar(node) or "")
        if ports is None or protocol is None:
            return None
        if protocol.lower() in ("tcp", "all"):
            first, last = int(ports[1]), int(ports[2])
            is_public = any(name.endswith("CidrIp") for name in structure.given)
            found.append(Opening(first, last, node, is_public) if first > 0 else Opening(1, 65535, node, is_public))
    return found


def lines_naming_ports(template: Template) -> dict[int, set[int]]:
    """Return the lines, from 1, on which each number stands, those of port ranges left out."""
    result: dict[int, set[int]] = {}
    for number, line in enumerate(template.lines, 1):
        if not _RANGE_LINE.search(line):
            for found in _NUMBER.findall(line):
                result.setdefault(int(found), set()).add(number)
    return result
