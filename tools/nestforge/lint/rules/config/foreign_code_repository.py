"""R6161."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6161", severity="info")
def foreign_code_repository(package: Package) -> Iterator[Finding]:
    """A code repository is read with the authorization of another account than its owner's.

    That works for whoever has authorized the account, and for nobody else who imports the package.

    Bad:  CodeRepo: {Platform: github, Owner: someone, RepoName: demo/app, Branch: main}
    Good: CodeRepo: {Platform: github, Owner: demo, RepoName: demo/app, Branch: main}
    """
    for artifact in package.config.artifacts.values() if package.config else ():
        repository = artifact.at("ArtifactBuildProperty", "CodeRepo")
        owner = repository.at("Owner") if repository else None
        named, slash, _ = repository.text_at("RepoName").partition("/") if repository else ("", "", "")
        if owner and slash and not owner.is_open and owner.text and named.casefold() != owner.text.casefold():
            message = f"the repository belongs to '{named}', and is read with the authorization of '{owner.text}'"
            yield Finding(owner.span, message, "whoever imports the package must have authorized that account")
