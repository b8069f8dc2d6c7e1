"""R6172."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

LOCALES = ("zh-CN", "en-US")


@rule("R6172", severity="info")
def missing_locale(package: Package) -> Iterator[Finding]:
    """The service is described in one of the two languages that buyers read.

    Bad:  ServiceInfo: [{Locale: zh-CN, Name: 商店}]
    Good: ServiceInfo: [{Locale: zh-CN, Name: 商店}, {Locale: en-US, Name: Shop}]
    """
    information = package.config.information if package.config else []
    present = {part.text_at("Locale") or "zh-CN" for part in information}
    for locale in LOCALES:
        if information and locale not in present and present <= set(LOCALES):
            yield Finding(
                information[0].span,
                f"the service is described in {present.pop()} only, not in {locale}",
                "add the service's name and description in that language",
            )
            return
