"""R6173."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6173")
def repeated_locale(package: Package) -> Iterator[Finding]:
    """The service is described twice in the same language; without a Locale it is Chinese.

    Bad:  ServiceInfo: [{Locale: zh-CN, Name: 商店}, {Name: Shop}]
    Good: ServiceInfo: [{Locale: zh-CN, Name: 商店}, {Locale: en-US, Name: Shop}]
    """
    seen: set[str] = set()
    for information in package.config.information if package.config else ():
        locale = information.text_at("Locale") or "zh-CN"
        if locale in seen:
            span = (information.at("Locale") or information).span
            yield Finding(span, f"the service is described in {locale} already", "a list has one entry a language")
        seen.add(locale)
