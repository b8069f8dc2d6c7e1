"""R3205."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.sections import ENTRIES, TRANSFORMED
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.rosspec.spec import bundled
from nestforge.sources.nodes import entries, items, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_OF_ASSERTIONS = ("Assert", "AssertDescription")


@rule("R3205", severity="warning")
def unknown_entry_key(template: Template) -> Iterator[Finding]:
    """A resource, an output, a rule or a local has a key that means nothing to ROS.

    ROS passes over it without a word: a dependency that is misspelt is no dependency.

    Bad:  {Type: ALIYUN::ROS::Sleep, DependOn: Database}
    Good: {Type: ALIYUN::ROS::Sleep, DependsOn: Database}
    """
    for section, known in ENTRIES.items():
        for owner, entry in pairs(template.sections.get(section)):
            written = entries(entry)
            type_ = scalar(written.get("Type")) or ""
            if type_.startswith(TRANSFORMED):
                continue
            found = bundled().type(type_) if section == "Resources" else None
            for key, _ in pairs(entry):
                name = scalar(key) or ""
                if section == "Locals" and name == "Properties" and type_ in ("", "Macro", "Eval"):
                    message = f"Locals.{scalar(owner)} has Properties, which only a data source has"
                    yield Finding(template.span(key), message, "give it a Value, or the Type of a data source")
                if name in known or name == "<<":
                    continue
                span, help = template.span(key), did_you_mean(name, known)
                edits = respelt(span, name, known, written)
                if found is not None and name in found.properties:
                    help, edits = f"'{name}' is a property: indent it below Properties", ()
                yield Finding(
                    span,
                    f"{section}.{scalar(owner)} has the key '{name}'",
                    help or "take it away, or put it where it belongs",
                    edits,
                )
            for assertion in items(written.get("Assertions")):
                for key, _ in pairs(assertion):
                    if (name := scalar(key) or "") not in _OF_ASSERTIONS:
                        message = f"an assertion of {section}.{scalar(owner)} has the key '{name}'"
                        yield Finding(
                            template.span(key),
                            message,
                            did_you_mean(name, _OF_ASSERTIONS) or "take it away, or put it where it belongs",
                        )
