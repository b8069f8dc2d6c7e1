"""Evaluate a whole template, as creating a stack from it would."""

from __future__ import annotations

from types import MappingProxyType

from nestforge.evaluate.conditions import evaluate_conditions
from nestforge.evaluate.data import Unknown, conceal
from nestforge.evaluate.evaluation import Evaluation, Output
from nestforge.evaluate.evaluator import Evaluator, Work
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.findings import Findings
from nestforge.evaluate.function import Place
from nestforge.evaluate.locale import localized
from nestforge.evaluate.names import Names
from nestforge.evaluate.parameters import is_no_echo, parameters_of
from nestforge.evaluate.resources import evaluate_resources
from nestforge.evaluate.rules import check_rules
from nestforge.evaluate.value import made_of
from nestforge.sources.libyaml import MappingNode
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.made import Made
    from nestforge.sources.template import Template

_NOTHING = ("", "~", "null")  # a section left empty
_SECTIONS = ("Parameters", "Mappings", "Conditions", "Rules", "Locals", "Resources", "Outputs")


_NOTHING_MADE: Mapping[str, Made] = MappingProxyType({})


def evaluate(
    template: Template,
    given: Mapping[str, Data],
    pseudo: Mapping[str, str],
    locale: str = "en",
    made: Mapping[str, Made] = _NOTHING_MADE,
) -> Evaluation:
    """Return what the stack would have.

    `given` are values of parameters, as text or as data; `pseudo` what is known of the pseudo
    parameters: `ALIYUN::Region`; `made` the resources that exist already, by name, `Web[0]` where there
    is a Count. Whatever the template is, the result says what is wrong with it.
    """
    findings = Findings(template)
    for name in _SECTIONS:
        section = template.sections.get(name)
        if section is not None and not isinstance(section, MappingNode) and scalar(section) not in _NOTHING:
            fault = Fault(f"{name} is no map", kind=Kind.MALFORMED_SECTION)
            findings.add(fault, template.span(section))
    if template.has_transform:
        transform = scalar(template.sections["Transform"]) or "a transform"
        message = f"{transform} rewrites this template at creation: what it adds is not shown"
        fault = Fault(message, kind=Kind.NOT_EVALUATED)
        findings.add(fault, template.span(template.sections["Transform"]), "info")
    parameters = parameters_of(template, given, locale, findings)
    names = Names(template, findings, {name: known.value for name, known in parameters.items()}, pseudo, made)
    work = Work()

    def at(place: Place, index: int | Unknown | None = None) -> Evaluator:
        return Evaluator(template, names, findings, work, place, index)

    evaluate_conditions(names, lambda: at(Place.CONDITIONS))
    check_rules(template, lambda: at(Place.RULES), locale)
    resources, left_out = evaluate_resources(names, at)
    outputs: dict[str, Output] = {}
    for name, node in template.outputs.items():
        output = _output(name, node, names, at(Place.RESOURCES), locale)
        if output is not None:
            outputs[name] = output
    return Evaluation(parameters, names.conditions, resources, left_out, outputs, findings.sorted())


def _output(name: str, node: Node, names: Names, scope: Evaluator, locale: str) -> Output | None:
    parts = entries(node)
    condition = scalar(parts.get("Condition"))
    try:
        if condition is not None and scope.condition(condition).data is False:
            return None
        if "Value" not in parts:
            raise Fault(f"output '{name}' has no Value", kind=Kind.MALFORMED_SECTION)
        value = scope.value_of(parts["Value"])
    except Fault as fault:
        value = scope.faulty(node, fault)
    no_echo = is_no_echo(parts)
    if no_echo:
        value = made_of(conceal(value.data), value.origin)
    label, description = (localized(parts.get(key), locale) for key in ("Label", "Description"))
    return Output(name, value, no_echo, label, description, names.template.span_of_key("Outputs", name))
