"""The catalogs: the models, engines and machines that a service can offer. Each fact stands there once."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class License:
    """The licence of a model's weights, which a buyer agrees to."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ContextLength:
    """Tokens of prompt and answer together: what the model allows, and what the form offers."""

    limit: int
    default: int
    minimum: int


@dataclass(frozen=True, slots=True)
class ModelImage:
    """The ECS image that carries the model: its token in the template, and its artifact in config.yaml."""

    token: str
    artifact: str
    system_disk_gib: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """A load test: requests offered per second, for so many seconds."""

    request_rate: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Performance:
    """What the source document states, and what it measured; the two are not the same thing."""

    stated_qps: int
    measured: Measurement


@dataclass(frozen=True, slots=True)
class PublishedSize:
    """A model's size as its publisher states it, in billions of parameters."""

    parameters_b: float
    active_parameters_b: float
    source: str


@dataclass(frozen=True, slots=True)
class Architecture:
    """Figures of a model with latent attention and experts, by the names of its config.json."""

    source: str
    model_type: str
    num_hidden_layers: int
    hidden_size: int
    vocab_size: int
    num_attention_heads: int
    q_lora_rank: int
    kv_lora_rank: int
    qk_nope_head_dim: int
    qk_rope_head_dim: int
    v_head_dim: int
    first_k_dense_replace: int
    intermediate_size: int
    n_routed_experts: int
    num_experts_per_tok: int
    n_shared_experts: int
    moe_intermediate_size: int
    num_nextn_predict_layers: int
    weight_block_size: int
    published: PublishedSize


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its identity on the API and in the hub, its size, its image."""

    id: str
    name: str
    revision: str
    url: str
    license: License
    weights_gib: int
    context: ContextLength
    image: ModelImage
    performance: Performance
    architecture: Architecture | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable of the container. `$NAME` in the value is filled in on the node."""

    name: str
    value: str
    source: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument that is emitted. `source` is how the source document writes it, `reason` why it differs."""

    flag: str
    value: str | None = None
    source: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """An argument of the source document that is not emitted, and why."""

    argument: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Port:
    """A port on the private interface, by the name that becomes `<NAME>_PORT` on the node."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Parallelism:
    """How the model is cut: tensor x pipeline is the number of GPUs."""

    tensor: int
    pipeline: int


@dataclass(frozen=True, slots=True)
class Between:
    """A figure that is known to lie between two."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class EngineMemory:
    """How an engine uses the memory of a GPU: what its share is to hold, and what it needs beside the model.

    `maximum_share` is the greatest share that the form offers with this engine; None: as great as with any.
    """

    share_of: str
    cache_value_bytes: int
    overhead_gib: Between
    source: str
    maximum_share: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a release on two hosts, from when and where."""

    status: str
    date: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Advisory:
    """A published vulnerability and its answer: fixed, prevented by a named setting, or accepted."""

    id: str
    answer: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """One version of an engine."""

    version: str
    image: str
    packages: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    serve_arguments: tuple[Argument, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    advisories: tuple[Advisory, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """An inference engine and the releases of it that are known."""

    id: str
    label: str
    serves_on: str
    source_image: str
    health_path: str
    parallelism: Parallelism
    memory: EngineMemory
    ports: tuple[Port, ...]
    environment: tuple[Variable, ...]
    head_arguments: tuple[Argument, ...]
    join_arguments: tuple[Argument, ...]
    serve_arguments: tuple[Argument, ...]
    dropped: tuple[Dropped, ...]
    advisories: tuple[Advisory, ...]
    releases: tuple[Release, ...]

    def at(self, release: Release) -> OfferedEngine:
        """Return this engine in one of its releases, with what the release adds."""
        return OfferedEngine(
            id=f"{self.id}-{release.version}",
            label=f"{self.label} {release.version}",
            engine=replace(
                self,
                serve_arguments=self.serve_arguments + release.serve_arguments,
                dropped=self.dropped + release.dropped,
                advisories=self.advisories + release.advisories,
            ),
            release=release,
        )


@dataclass(frozen=True, slots=True)
class OfferedEngine:
    """An engine in one release, as a buyer chooses it: `vllm-0.8.5.post1`."""

    id: str
    label: str
    engine: Engine
    release: Release

    @property
    def serves_on(self) -> str:
        """`master` or `worker`: the node whose port buyers reach."""
        return self.engine.serves_on

    @property
    def share_limit(self) -> str:
        """The bound of its share of the GPU memory as any language writes it; empty where it has none of its own."""
        share = self.engine.memory.maximum_share
        return f"{self.label} ≤ {share}" if share is not None else ""

    @property
    def is_newest(self) -> bool:
        """Whether no newer release of the engine is known: the first in its file is the newest."""
        return self.release.version == self.engine.releases[0].version


@dataclass(frozen=True, slots=True)
class Fabric:
    """The network between the GPUs of the two nodes, and how NCCL and Gloo are told to use it."""

    name: str
    device: str
    environment: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What one instance costs an hour, pay as you go; `official` where the cloud itself states it."""

    currency: str
    per_hour: float
    official: bool
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One ECS instance type. Memory in GiB, network in Gbit/s. Without a price it is not known."""

    id: str
    gpus: int
    vcpus: int
    memory_gib: int
    network_gbps: int
    erdma_interfaces: int
    jumbo_frames: bool
    boot_mode: str | None = None
    rdma_gbps: int | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class GpuSpeed:
    """What one GPU can do at best: GB per second, and 10^12 operations per second."""

    memory_gbytes: int
    fp8_tflops: int
    bf16_tflops: int
    nvlink_gbytes: int
    source: str


@dataclass(frozen=True, slots=True)
class MeasuredResult:
    """Output tokens per second of so many requests at once, all together."""

    batch: int
    tokens_per_second: float


@dataclass(frozen=True, slots=True)
class PublishedMeasurement:
    """What others measured on this accelerator, with a model of the family `model_type`."""

    hardware: str
    software: str
    model_type: str
    layout: Parallelism
    input: int
    output: int
    results: tuple[MeasuredResult, ...]
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OtherMeasurement:
    """What others measured and cannot be compared, for the reason given."""

    hardware: str
    software: str
    result: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Machine:
    """An accelerator and the ECS instance types that carry it."""

    accelerator: str
    gpu_memory_gib: int
    gpu_memory_mib: int
    minimum_driver: str
    speed: GpuSpeed
    fabric: Fabric
    types: tuple[InstanceType, ...]
    measurements: tuple[PublishedMeasurement, ...]
    other_measurements: tuple[OtherMeasurement, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that the service names from its catalogs, resolved, in the order of service.yaml."""

    models: tuple[Model, ...]
    engines: tuple[OfferedEngine, ...]
    machine: Machine
    instances: tuple[InstanceType, ...]
