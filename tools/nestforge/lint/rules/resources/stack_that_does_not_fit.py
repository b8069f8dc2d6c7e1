"""R3122."""

from __future__ import annotations

import posixpath

from nestforge.lint.config import path_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.nested_stacks import (
    NESTED_STACK,
    NestedStack,
    missing_parameters,
    unknown_outputs,
    unknown_parameters,
)
from nestforge.lint.placeholders import normal
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package
    from nestforge.sources.template import Template

_URL = "TemplateURL"


@rule("R3122", severity="warning")
def stack_that_does_not_fit(package: Package) -> Iterator[Finding]:
    """A nested stack's parameters or outputs differ from those of its template, a file of the package.

    The file is the one of the same name as in TemplateURL, or the one that an artifact puts there.

    Bad:  TemplateURL: oss://shop/network.yaml, Parameters: {Cidr: 10.0.0.0/8}, and CidrBlock in network.yaml
    Good: TemplateURL: oss://shop/network.yaml, Parameters: {CidrBlock: 10.0.0.0/8}, and CidrBlock in network.yaml
    """
    for template in package.templates:
        for name in template.resources if _URL in template.words else ():
            url = scalar(template.properties_of(name).get(_URL)) if template.type_of(name) == NESTED_STACK else None
            inner = _named_by(url, package) if url else None
            if inner is None or inner is template or inner.has_transform:
                continue
            stack = NestedStack(template, name, inner)
            for faults in (unknown_parameters, missing_parameters, unknown_outputs):
                yield from (Finding(*found) for found in faults(stack))


def _named_by(url: str, package: Package) -> Template | None:
    """Return the template that an address means: of several with its name, none."""
    if "{{" in url:
        return _of_artifact(url, package)
    name = posixpath.basename(url.partition("?")[0])
    named = [template for template in package.templates if posixpath.basename(template.path) == name]
    return named[0] if len(named) == 1 else None


def _of_artifact(placeholder: str, package: Package) -> Template | None:
    config = package.config
    if config is None:
        return None
    related = [relation for relation in config.relations if normal(relation.token) == normal(placeholder)]
    names = [name for relation in related for name in relation.names]
    files = [config.artifacts[name].text_at("ArtifactProperty", "Url") for name in names if name in config.artifacts]
    paths = {path_of(written, posixpath.dirname(config.path)) for written in files}
    return package.templates_by_path.get(paths.pop()) if len(paths) == 1 else None
