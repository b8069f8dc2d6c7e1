"""How a command of docker ends when it cannot be done."""

from __future__ import annotations


class DockerError(Exception):
    """What docker prints on standard error, and its exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.message, self.code = message, code


class DaemonError(DockerError):
    """What the daemon answers."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(f"Error response from daemon: {message}", code)


class NoSuchContainer(DaemonError):
    """No container has this name, nor an id that begins so."""

    def __init__(self, name: str) -> None:
        super().__init__(f"No such container: {name}")


class NotHonoured(DaemonError):
    """What real docker would do and this stand-in does not: said, never passed over."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"the rehearsal's docker does not honour {what}: {reason}", code=125)
