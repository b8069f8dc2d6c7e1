"""Write mkdocs.yml, with which the documents can be read as a site."""

from __future__ import annotations

from nestforge.assemble.layout import MKDOCS
from nestforge.assemble.texts import TextLookup
from nestforge.model.build import Made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build


# MkDocs would number the Chinese headings; with this its anchors are those of GitHub, which the links name.
CHINESE_ANCHORS = """\
markdown_extensions:
  - toc:
      slugify: !!python/name:markdown.extensions.toc.slugify_unicode
"""


def describe_site(build: Build) -> Made:
    """Return mkdocs.yml, with the service's name in its first language."""
    texts = TextLookup(build.project)
    title = texts.one("service.name", build.project.service.locales[0].id)
    site = f"site_name: {title}\ntheme:\n  name: aliyuncomputenest\n{CHINESE_ANCHORS}"
    return Made({MKDOCS: site.encode()}, texts_used=frozenset(texts.used))
