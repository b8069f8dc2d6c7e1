"""R6160."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6160", severity="warning")
def incomplete_code_repository(package: Package) -> Iterator[Finding]:
    """A code repository to build from is not named in full.

    Bad:  CodeRepo: {Platform: github, RepoName: demo/app, Branch: main}
    Good: CodeRepo: {Platform: github, Owner: demo, RepoName: demo/app, Branch: main}
    """
    for artifact in package.config.artifacts.values() if package.config else ():
        repository = artifact.at("ArtifactBuildProperty", "CodeRepo")
        if repository is None or repository.is_null or not repository.at("Platform"):
            continue
        named = {entry.name for entry in repository.entries}
        wanted = ["Branch"] + ([] if "RepoId" in named else ["RepoName"])
        wanted += ["Owner"] if repository.text_at("Platform") in ("github", "gitee") else []
        for key in wanted:
            if key not in named:
                yield Finding(
                    repository.key_span, f"the code repository has no {key}", "add it: the build clones from there"
                )
