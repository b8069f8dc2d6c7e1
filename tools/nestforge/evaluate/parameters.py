"""The values of the parameters: what is given, or the default, converted and checked as the form would."""

from __future__ import annotations

from dataclasses import dataclass

from nestforge.evaluate.constraints import form_violations, violations
from nestforge.evaluate.conversions import CONVERSIONS, STORED
from nestforge.evaluate.data import ANY, BOOLEAN, LIST, NUMBER, STRING, Data, SecretText, Unknown, conceal, is_writable
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.form import FormState, form_state
from nestforge.evaluate.form_choices import NO_CHOICES
from nestforge.evaluate.locale import localized
from nestforge.evaluate.sentences import sentence
from nestforge.evaluate.shown import quoted
from nestforge.evaluate.value import Origin, Value, made_of
from nestforge.evaluate.written import written
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.findings import Findings
    from nestforge.evaluate.form_choices import FormChoices
    from nestforge.sources.template import Template

_TYPES = {"String": STRING, "Number": NUMBER, "Boolean": BOOLEAN, "CommaDelimitedList": LIST}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its value, and how the form shows it for the values of all.

    `problems` are what the form says beside it about the value: sentences that need not name the parameter.
    """

    name: str
    type: str
    value: Value
    given: bool
    form: FormState
    problems: tuple[str, ...]


def parameters_of(
    template: Template, given: Mapping[str, Data], locale: str, findings: Findings
) -> dict[str, Parameter]:
    """Return the parameters with their values; what is wrong with a value is added to `findings`."""
    for name in given:
        if name not in template.parameters:
            fault = Fault(
                f"the template has no parameter '{name}'",
                did_you_mean(name, template.parameters),
                Kind.UNKNOWN_PARAMETER,
            )
            findings.add(fault, template.span(template.sections.get("Parameters", template.root)))
    all_declared = {
        name: _Declared(template, name, node, locale, findings) for name, node in template.parameters.items()
    }
    values = {name: _value(declared, given) for name, declared in all_declared.items()}
    plain = {
        name: conceal(value.data) if all_declared[name].is_secret else value.data
        for name, value in values.items()
        if value is not None
    }
    form = form_state(template, plain)
    result: dict[str, Parameter] = {}
    for name, declared in all_declared.items():
        value = values[name]
        if value is None or (value.content is None and name not in given and form[name].required):
            declared.report(Kind.MISSING_VALUE, sentence("missing", locale))
            value = Value(Unknown(_TYPES.get(declared.type, ANY), name, faulty=True), declared.origin)
        elif value.data is not None and (name in given or value.data != ""):
            declared.compare(value.data, form[name].choices)
        if declared.is_secret:
            value = made_of(conceal(value.data), value.origin)
        problems = tuple(dict.fromkeys(declared.problems))
        result[name] = Parameter(name, declared.type, value, name in given, form[name], problems)
    return result


def is_no_echo(attributes: Mapping[str, Node]) -> bool:
    """Return whether the value of a parameter is never shown."""
    return (scalar(attributes.get("NoEcho")) or "").lower() in ("true", "yes", "on", "1")


class _Declared:
    """A parameter as the template declares it."""

    def __init__(self, template: Template, name: str, node: Node, locale: str, findings: Findings) -> None:
        self.attributes = entries(node)
        self.name = name
        self.locale = locale
        self.type = scalar(self.attributes.get("Type")) or "String"
        self.is_secret = is_no_echo(self.attributes)
        self.origin = Origin(template.span_of_key("Parameters", name), (f"parameter {name}",))
        self.findings = findings
        self.problems: list[str] = []

    @property
    def title(self) -> str:
        """The label that the form shows, and the name."""
        label = localized(self.attributes.get("Label"), self.locale)
        return f"{label} ({self.name})" if label and label != self.name else self.name

    def compare(self, data: Data, choices: FormChoices) -> None:
        """Say what the form does not take, and ROS would."""
        if choices != NO_CHOICES and not isinstance(data, Unknown) and self.type in CONVERSIONS:
            for broken in form_violations(data, self.type, choices, self.locale):
                self.report(broken.kind, broken.sentence, data, "warning")

    def report(self, kind: Kind, text: str, value: Data = None, severity: str = "error") -> None:
        """Say what is wrong with the value: in the template's own words, where it has some."""
        own = localized(self.attributes.get("ConstraintDescription"), self.locale)
        if kind is Kind.MISSING_VALUE:
            message = sentence("has none", self.locale, parameter=self.title, sentence=text)
            self.problems.append(text)
        else:
            shown = conceal(value) if self.is_secret else value
            facts = {"parameter": self.title, "value": quoted(shown), "sentence": own or text}
            message = sentence("is", self.locale, **facts)
            self.problems.append(own or text)
        self.findings.add(Fault(message, text if own and own != text else None, kind), self.origin.span, severity)


def _value(declared: _Declared, given: Mapping[str, Data]) -> Value | None:
    """Return the value; None where there is neither one given nor a default."""
    name = declared.name
    is_given = name in given
    default = declared.attributes.get("Default")
    if not is_given and default is None:
        return None
    origin = declared.origin if is_given else Origin(declared.origin.span, (f"parameter {name} by default",))
    try:
        data = given[name] if is_given else written(default)  # type: ignore[arg-type]  # there is one
        if declared.type in STORED:
            entry = quoted(conceal(data) if declared.is_secret else data)
            return Value(Unknown(STRING, f"entry {entry} of the parameter store"), origin)
        if data is None:
            return Value(None, origin)
        if declared.type not in CONVERSIONS:
            hint = did_you_mean(declared.type, [*CONVERSIONS, *STORED])
            raise Fault(f"parameter '{name}' has the type '{declared.type}'", hint, Kind.MALFORMED_PARAMETER)
        converted = _converted(declared, data) if is_writable(data) else _refused(declared, data)
        if isinstance(converted, Unknown):
            return Value(converted, origin)
        if is_given or data != "":  # an empty default is what a hidden parameter has
            checked = SecretText(converted) if declared.is_secret and isinstance(converted, str) else converted
            for broken in violations(checked, declared.type, declared.attributes, declared.locale):
                declared.report(broken.kind, broken.sentence, data)
    except Fault as fault:
        declared.findings.add(fault, declared.origin.span)
        declared.problems.append(fault.message)
        return Value(Unknown(_TYPES.get(declared.type, ANY), name, faulty=True), origin)
    return made_of(converted, origin)


def _converted(declared: _Declared, data: Data) -> Data:
    try:
        return CONVERSIONS[declared.type](data)
    except Fault:
        return _refused(declared, data)


def _refused(declared: _Declared, data: Data) -> Unknown:
    shown = data if is_writable(data) else "…"
    declared.report(Kind.VALUE_OF_THE_WRONG_TYPE, sentence(declared.type, declared.locale), shown)
    return Unknown(_TYPES.get(declared.type, ANY), declared.name, faulty=True)
