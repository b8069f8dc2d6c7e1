"""R9022."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.openings import openings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SHOWN = 3
SERVICES = {
    1433: "SQL Server",
    1521: "Oracle",
    2181: "ZooKeeper",
    2375: "Docker",
    2379: "etcd",
    3306: "MySQL",
    5432: "PostgreSQL",
    6379: "Redis, Ray",
    8265: "the Ray dashboard",
    9042: "Cassandra",
    9200: "Elasticsearch",
    10001: "the Ray client",
    10250: "the kubelet",
    11211: "Memcached",
    27017: "MongoDB",
}


@rule("R9022", severity="warning")
def exposed_service(template: Template) -> Iterator[Finding]:
    """A security group lets everyone reach a database, Ray, or another service that is for hosts.

    Many of them ask for no password as they are installed; Ray runs whatever code it is sent.

    Bad:  {IpProtocol: tcp, PortRange: 6379/6379, SourceCidrIp: 0.0.0.0/0}
    Good: {IpProtocol: tcp, PortRange: 6379/6379, SourceCidrIp: 192.168.0.0/16}
    """
    for opening in openings_of(template):
        open_ports = [port for port in SERVICES if opening.first <= port <= opening.last]
        if open_ports and not opening.is_whole:
            named = ", ".join(f"{port} ({SERVICES[port]})" for port in open_ports[:_SHOWN])
            more = ", …" if len(open_ports) > _SHOWN else ""
            message = f"port {named}{more} is {opening.said}"
            yield Finding(template.span(opening.place), message, "name the addresses that need it")
