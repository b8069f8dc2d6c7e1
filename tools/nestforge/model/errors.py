"""What stops nestforge. A fault in the user's files is a `Diagnostic` instead."""


class NestforgeError(Exception):
    """A situation that ends the command, in one sentence and, where there is one, what to do next.

    `exit_code` is the process's: 1 the user's project is at fault, 2 usage, 4 the cloud refused or
    is out of reach. `details` are shown before the sentence, one a line. Subclasses take the facts and
    write the sentence.
    """

    exit_code = 1
    details: tuple[object, ...] = ()

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
