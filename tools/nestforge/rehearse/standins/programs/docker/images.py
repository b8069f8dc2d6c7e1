"""The images that this host's docker has: those of its ECS image."""

from __future__ import annotations

from typing import Any

from nestforge.rehearse.standins.programs.docker.errors import DaemonError
from nestforge.rehearse.standins.programs.facts import read_facts

PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""Where programs are in any image."""

Image = dict[str, Any]
"""tag, id (`sha256:...`), path, environment, binds: seen in the container -> where the host has it."""


def every() -> list[Image]:
    """Return all images."""
    images: list[Image] = read_facts()["images"]
    return images


def repository_and_tag(reference: str) -> tuple[str, str]:
    """Return the two parts; a name without a tag means `latest`."""
    repository, colon, tag = reference.rpartition(":")
    return (repository, tag) if colon and "/" not in tag else (reference, "latest")


def search_path(image: Image) -> str:
    """Return the PATH of its containers: its own folders, then those of any image."""
    return ":".join(dict.fromkeys([*image["path"], *PATH]))


def look_up(reference: str) -> Image | None:
    """Return the image of that name or id."""
    wanted = ":".join(repository_and_tag(reference))
    digest = reference.removeprefix("sha256:")
    for image in every():
        if ":".join(repository_and_tag(image["tag"])) == wanted:
            return image
        if len(digest) >= 4 and image["id"].removeprefix("sha256:").startswith(digest):
            return image
    return None


def find(reference: str) -> Image:
    """Return the image. Raises DaemonError."""
    image = look_up(reference)
    if image is None:
        raise DaemonError(f"No such image: {':'.join(repository_and_tag(reference))}")
    return image
