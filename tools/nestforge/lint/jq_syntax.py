"""Whether a text can be a jq program at all: quotes, brackets, and an operand on either side of an operator.

By the grammar of jq 1.7. What it says beyond this is left to ROS.
"""

from __future__ import annotations

from nestforge.model.pattern import pattern

_TOKEN = pattern(
    r"""(?x)(?P<blank> \s+ | \#[^\n]* )
      | (?P<operand>
            \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \.\d+(?:[eE][+-]?\d+)?
          | \.\.?[A-Za-z_]\w* | \.\.? | \$[A-Za-z_]\w*(?:::\w+)* | @\w+ )
      | (?P<word> [A-Za-z_]\w*(?:::\w+)* )
      | (?P<operator> \?// | //= | [-+*/%<>=!|]= | // | [|,+*/%<>=] )
      | (?P<minus> - )
      | (?P<quote> " )
      | (?P<opening> [(\[{] )
      | (?P<closing> [)\]}] )
      | (?P<end> ; )
      | (?P<other> [?:] )"""
)
_TEXT = pattern(r'(?:[^"\\]|\\[^(])*')
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_BETWEEN = ("and", "or")
_NEEDS_ONE = ("operator", "end")


def fault_in(program: str) -> str | None:
    """Return what is wrong with a program; None where nothing is seen to be."""
    return _Reader(program).fault()


class _Reader:
    def __init__(self, program: str) -> None:
        self.program = program
        self.at = 0
        self.before = "opening"
        self.conditionals = 0
        self.waiting: list[tuple[str, bool]] = []
        """What closes each open bracket, and whether a text goes on behind it."""

    def fault(self) -> str | None:
        while self.at < len(self.program):
            token = _TOKEN.match(self.program, self.at)
            if token is None:
                return f"'{self.program[self.at]}' at position {self.at} means nothing there"
            self.at = token.end()
            fault = self._after(str(token.lastgroup), token[0], token.start())
            if fault is not None:
                return fault
        if self.waiting:
            return f"'{self.waiting[-1][0]}' is missing"
        if self.before == "operator":
            return "something is missing at the end"
        return "each 'if' needs its own 'end'" if self.conditionals else None

    def _after(self, kind: str, sign: str, start: int) -> str | None:
        if kind == "word":
            kind = self._word(sign)
        if self.before in ("operator", "opening") and (kind in _NEEDS_ONE or sign == ")"):
            return f"something is missing before '{sign}' at position {start}"
        if kind == "closing":
            closes, is_in_text = self.waiting.pop() if self.waiting else ("", False)
            if closes != sign or self.before == "operator":
                return f"'{sign}' at position {start} is not expected"
            kind = "quote" if is_in_text else "operand"
        if kind == "opening":
            self.waiting.append((_CLOSED_BY[sign], False))
        if kind == "quote":
            return self._text(start)
        if kind != "blank":
            self.before = "operator" if kind == "minus" else kind
        return None

    def _word(self, word: str) -> str:
        is_key = self.waiting[-1:] == [("}", False)] or self.program[self.at : self.at + 1] == ":"
        self.conditionals += 0 if is_key else (word == "if") - (word == "end")
        return "operator" if word in _BETWEEN and not is_key else "operand"

    def _text(self, start: int) -> str | None:
        """Pass a text up to its end, or to a program inside of it: `\\(`."""
        found = _TEXT.match(self.program, self.at)
        self.at = found.end() if found else self.at
        if self.at >= len(self.program) - (self.program[self.at : self.at + 1] == "\\"):
            return f"the text at position {start} is not closed"
        if self.program[self.at] == '"':
            self.at += 1
            self.before = "operand"
        else:
            self.at += 2
            self.waiting.append((")", True))
            self.before = "opening"
        return None
