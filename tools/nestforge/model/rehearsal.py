"""How a service is rehearsed: what is deployed, and from where its outputs must work."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass, field

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to choose a factor: the parameters that it sets.

    A value `$password`, `$internet`, `$vpc` or `$vswitch` is one that the rehearsal has: a fresh password, the
    addresses of the internet's side, a network that was there before.
    """

    name: str
    parameters: dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Factor:
    """What is varied: with `parameter` each of its allowed values is a choice, else the `choices` are."""

    name: str
    parameter: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """An output that a buyer pastes into a shell, and on which side: `vpc` or `internet`."""

    output: str
    side: str


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """Something that goes wrong on purpose, in a deployment with these choices and parameters.

    `do` is done to the host whose name ends with `host`, before the resource `before` is created or once `after` is;
    without it, the parameters are the fault. The stack must fail `within` seconds and name a cause that has the words
    `expect`; without these words the deployment must survive.
    """

    name: str
    within: float
    choices: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Scalar] = field(default_factory=dict)
    do: str = ""
    host: str = ""
    before: str = ""
    after: str = ""
    expect: str = ""


@dataclass(frozen=True, slots=True)
class RehearsalPlan:
    """service/rehearsal.yaml.

    `parameters` are those of every deployment. `key` is the output with the API's key, `endpoints` are the outputs
    with its address, by side. `promised_minutes` is what the service's document says of the time to deploy.
    """

    parameters: dict[str, Scalar]
    factors: tuple[Factor, ...]
    samples: tuple[Sample, ...]
    endpoints: dict[str, str]
    key: str
    promised_minutes: float
    faults: tuple[PlannedFault, ...] = ()
