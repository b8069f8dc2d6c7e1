"""The service that is sold, as service.yaml describes it, and the targets it can be published to."""

from __future__ import annotations

from nestforge.model.catalog import Argument, Dropped
from nestforge.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """A language: its BCP 47 tag, and the key that ROS uses for it in labels."""

    id: str
    ros: str


@dataclass(frozen=True, slots=True)
class ReleaseSettings:
    """How the service is offered in the marketplace."""

    region: str
    deploy_type: str
    service_type: str
    share_type: str
    approval_type: str
    tenant_type: str
    support_regions: tuple[str, ...]
    operations: tuple[str, ...]
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """Which entries of the catalogs a buyer can choose; the first of each is the default."""

    models: tuple[str, ...]
    engines: tuple[str, ...]
    instances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterPackage:
    """A predefined parameter set; its texts are in strings.yaml under `packages.<id>`."""

    id: str
    parameters: dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to deploy the service: a template and its architecture diagram."""

    name: str
    template: str
    diagram: str
    packages: tuple[ParameterPackage, ...] = ()


@dataclass(frozen=True, slots=True)
class ClusterPorts:
    """The ports that are the same for every engine."""

    api: int
    engine: int
    peer: int


@dataclass(frozen=True, slots=True)
class Fraction:
    """A range of a share between 0 and 1."""

    default: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Disk:
    """The system disk of a node, sizes in GiB."""

    categories: tuple[str, ...]
    performance_level: str
    default_gib: int
    maximum_gib: int


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: a node's start, the engine's readiness, the whole deployment, and what follows from these.

    A script gives up before its command does, so that it can say why, and the commands before the stack.
    """

    start: int
    ready: int
    deploy: int

    @property
    def start_command(self) -> int:
        """Of the command of one node."""
        return self.start + 300

    @property
    def check_command(self) -> int:
        """Of the final check."""
        return self.ready + 600

    @property
    def signal(self) -> int:
        """From the hosts to the final check's signal: three commands, one after the other, each sent in a minute."""
        return 2 * (self.start_command + 60) + self.check_command + 60


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """Of the public address, in Mbit/s."""

    default: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """The hosts that one deployment consists of."""

    nodes: int
    gpus_per_node: int
    ports: ClusterPorts
    gpu_memory_utilization: Fraction
    disk: Disk
    timeouts: Timeouts
    bandwidth_mbps: Bandwidth


@dataclass(frozen=True, slots=True)
class Container:
    """How the engine's container is started on both nodes."""

    name: str
    entrypoint: str
    model_root: str
    arguments: tuple[Argument, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class ImageBuild:
    """How the ECS image of each model is built."""

    source_image: str
    enable_gpu: bool
    container_gib: int
    region: str


@dataclass(frozen=True, slots=True)
class NodeTools:
    """The File artifact that carries what every node fetches."""

    artifact: str
    name: str


@dataclass(frozen=True, slots=True)
class Service:
    """service.yaml."""

    id: str
    version_name: str
    locales: tuple[Locale, ...]
    icon: str
    document: str
    release: ReleaseSettings
    offer: Offer
    editions: tuple[Edition, ...]
    cluster: Cluster
    container: Container
    image_build: ImageBuild
    node_tools: NodeTools


@dataclass(frozen=True, slots=True)
class Target:
    """A place to publish to. No secret: `credentials` names where they come from."""

    name: str
    kind: str
    region: str
    supplier_endpoint: str = ""
    user_endpoint: str = ""
    ros_endpoint: str = ""
    console: str = ""
    credentials: str = ""
