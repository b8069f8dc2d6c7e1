"""R6174."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6174", severity="info")
def nameless_service(package: Package) -> Iterator[Finding]:
    """The service has no name; whoever imports the package must give one.

    Bad:  ServiceInfo: {Locale: zh-CN, ShortDescription: 一键部署的商店网站}
    Good: ServiceInfo: {Locale: zh-CN, Name: 商店, ShortDescription: 一键部署的商店网站}
    """
    for information in package.config.information if package.config else ():
        if not information.text_at("Name"):
            yield Finding(information.key_span, "the service has no name", "add Name, or give it at each import")
