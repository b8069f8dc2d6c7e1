"""Show what fits into the memory of the GPUs, how fast it can be at best, and what it costs.

Everything follows from the catalogs: models, engines, instance types. The roofline is what the hardware allows; what
is expected goes by published measurements. MODEL, ENGINE and TYPE are ids of the catalogs.

example:
  nestforge capacity --instance ecs.ebmgn8v.48xlarge --max-model-len 131072 --chart capacity.svg
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from nestforge.capacity.estimate import Estimate, Question
    from nestforge.model.catalog import Catalog
    from nestforge.model.project import Project


class NotInTheCatalog(NestforgeError):
    """A model, engine or instance type was named that the project does not know."""

    exit_code = 2

    def __init__(self, kind: str, name: str, known: list[str]) -> None:
        from nestforge.model.near_miss import did_you_mean

        super().__init__(f"there is no {kind} '{name}'", help=did_you_mean(name, known) or f"known: {', '.join(known)}")


class OutOfRange(NestforgeError):
    """A number was given that makes no sense."""

    exit_code = 2

    def __init__(self, option: str, value: float, expected: str) -> None:
        super().__init__(f"{option} is {value}, expected {expected}", help="see `nestforge capacity --help`")


class NotWritten(NestforgeError):
    """The chart could not be written."""

    exit_code = 2

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(f"cannot write '{path}': {error.strerror}", help="name another file after --chart")


class NoArchitecture(NestforgeError):
    """No model that is asked for has figures to compute with."""

    def __init__(self, models: list[str]) -> None:
        super().__init__(
            f"the catalog has no architecture of {', '.join(models)}",
            help="add `architecture` to its file: `nestforge schema model` prints what stands in it",
        )


class DoesNotFit(NestforgeError):
    """Nothing of what was asked for fits."""

    def __init__(self, estimate: Estimate, question: Question) -> None:
        from nestforge.cli.show_capacity import why_not

        super().__init__(
            f"no request of {question.context:,} tokens fits: {estimate.model.name} with {estimate.engine.label} "
            f"on {question.nodes} x {estimate.instance.id}",
            help=why_not(estimate),
        )


def configure(parser: ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--model", metavar="MODEL", help="this model alone (default: all that are offered)")
    parser.add_argument("--engine", metavar="ENGINE", help="this engine alone (default: all that are offered)")
    parser.add_argument("--instance", metavar="TYPE", help="this instance type alone (default: all of the catalog)")
    parser.add_argument(
        "--max-model-len", type=int, metavar="N", help="tokens of the longest context (default: the form's default)"
    )
    parser.add_argument(
        "--gpu-memory-utilization", type=float, metavar="X", help="share of GPU memory (default: the form's default)"
    )
    parser.add_argument(
        "--request-tokens", type=int, default=10_000, metavar="N", help="tokens of a usual request (default: 10000)"
    )
    parser.add_argument("--chart", metavar="FILE.svg", help="draw requests at once by context length")
    parser.add_argument("--json", action="store_true", help="write JSON, in bytes and tokens per second")


def execute(options: Namespace) -> int:
    """Print the estimates; raises DoesNotFit where none of them fits."""
    from pathlib import Path

    from nestforge.cli.project_root import project_root
    from nestforge.cli.show_capacity import capacity_chart, capacity_json, capacity_text
    from nestforge.sources.project import load_project

    project = load_project(Path(project_root(options.project)))
    question = _question(options, project)
    estimates = _estimates(options, project.catalog, question)
    if options.chart is not None:
        try:
            Path(options.chart).write_text(capacity_chart(estimates, project.catalog, question), encoding="utf-8")
        except OSError as error:
            raise NotWritten(options.chart, error) from error
    if options.json:
        print(capacity_json(estimates, project.catalog, question))
    elif not options.quiet:
        print(capacity_text(estimates, project.catalog, question))
    if not any(one.fits for one in estimates):
        raise DoesNotFit(max(estimates, key=lambda one: one.tokens.least), question)
    return 0


def _question(options: Namespace, project: Project) -> Question:
    from nestforge.capacity.estimate import Question

    cluster, models = project.service.cluster, project.catalog.models
    context = options.max_model_len
    if context is None:
        context = min(model.context.default for model in models)
    share = options.gpu_memory_utilization
    if share is None:
        share = cluster.gpu_memory_utilization.default
    longest = max(model.context.limit for model in models)
    if not 1 <= context <= longest:
        raise OutOfRange("--max-model-len", context, f"1 to {longest}, the longest context of a model")
    if not 0 < share <= 1:
        raise OutOfRange("--gpu-memory-utilization", share, "more than 0 and at most 1")
    if not 1 <= options.request_tokens <= longest:
        raise OutOfRange("--request-tokens", options.request_tokens, f"1 to {longest}")
    return Question(cluster.nodes, share, context, options.request_tokens)


def _estimates(options: Namespace, catalog: Catalog, question: Question) -> list[Estimate]:
    from nestforge.capacity.estimate import estimate

    models = {model.id: model for model in catalog.models}
    engines = {engine.id: engine for engine in catalog.engines}
    types = {instance.id: instance for instance in catalog.machine.types}
    for kind, name, known in (
        ("model", options.model, models),
        ("engine", options.engine, engines),
        ("instance type", options.instance, types),
    ):
        if name is not None and name not in known:
            raise NotInTheCatalog(kind, name, list(known))
    chosen = [models[options.model]] if options.model else list(models.values())
    found = [
        answer
        for instance in ([types[options.instance]] if options.instance else types.values())
        for engine in ([engines[options.engine]] if options.engine else engines.values())
        for model in chosen
        if (answer := estimate(model, engine, catalog.machine, instance, question)) is not None
    ]
    if not found:
        raise NoArchitecture([model.id for model in chosen])
    return found
