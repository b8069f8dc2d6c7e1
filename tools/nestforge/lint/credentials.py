"""Credentials that someone has written into a file."""

from __future__ import annotations

from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ROBOT = "the webhook of a robot"
_KINDS = {
    "LTAI": ("the id of an AccessKey", r"[A-Za-z0-9]{12,26}(?![A-Za-z0-9])"),
    "AKIA": ("the id of an access key of AWS", r"[0-9A-Z]{16}(?![A-Za-z0-9])"),
    "sk-": ("an API key", r"[A-Za-z0-9_-]{20,}"),
    "PRIVATE KEY-----": (
        "a private key",
        r"(?:(?!-----)[\s\S]){0,160}?\b(?:M[A-Za-z]{2}|b3Bl)[A-Za-z0-9+/]{35}",
    ),
    "auth": ("a login for an image registry", r"\\?\"\s*:\s*\\?\"[A-Za-z0-9+/]{12,}={0,2}\\?\""),
    "ghp_": ("a token of GitHub", r"[A-Za-z0-9]{36}"),
    "github_pat_": ("a token of GitHub", r"[A-Za-z0-9_]{40,}"),
    "hf_": ("a token of Hugging Face", r"[A-Za-z0-9]{30,}"),
    "dingtalk.com/robot/send": (_ROBOT, r"\?access_token=[0-9a-f]{32,}"),
    "qq.com/cgi-bin/webhook/send": (_ROBOT, r"\?key=[0-9a-f-]{32,}"),
    "/open-apis/bot/v2/hook/": (_ROBOT, r"[0-9a-f-]{32,}"),
    "hooks.slack.com/services/": (_ROBOT, r"T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}"),
}
"""By how each begins: what it is, and how it goes on."""

_SECRET = r"(?P<secret>[^\s\"'$`{}<>\\;|&()/@]{8,128})"
_PASSWORDS = {
    "docker login": ("a password for docker login", rf"[^\n|;&]{{0,200}}?\s-p[ =]\\?[\"']?{_SECRET}(?![^\s\"'\\;|&)])"),
    "--password": ("a password", rf"[ =]\\?[\"']?{_SECRET}(?![^\s\"'\\;|&)])"),
    "PASSWORD": ("a password", rf"[A-Z0-9_]{{0,64}}\\?[\"']?[ \t]*[:=][ \t]*\\?[\"']?{_SECRET}(?![^\s\"'\\;|&,)}}\]])"),
    "://": ("a password in an address", rf"[^\s/:@\"'$]{{0,64}}:{_SECRET}@"),
}
"""By what stands before each: what it is, and how it goes on; someone may have thought it up."""

_EXAMPLE = pattern(r"(?i)x{4}|your|example|sample|placeholder|\*{3}|01234|12345|abcdef|\.\.\.")
_SHOWN = 4
_TAIL = 40
_RANDOM, _CHOSEN = 10, 6
"""Different characters that the end of a secret has at least: where a machine has made it, and where someone has."""


class Credential(NamedTuple):
    """One credential: which kind, its place from 1, and what may be shown of it."""

    kind: str
    line: int
    column: int
    length: int
    shown: str


def credentials_in(text: str) -> Iterator[Credential]:
    """Yield the credentials in a text, without those that are evidently examples."""
    taken: list[tuple[int, int]] = []
    for sign, (kind, rest) in (*_KINDS.items(), *_PASSWORDS.items()):
        if sign not in text:
            continue
        line, counted = 1, 0
        is_password = sign in _PASSWORDS
        for found in pattern(sign.replace(".", r"\.") + rest).finditer(text):
            start, written = found.start(), found["secret"] if is_password else found.group()
            at = found.start("secret") if is_password else start
            if not is_password and start and text[start - 1].isalnum() and sign[0].isalnum():
                continue
            if not (_is_chosen(written) if is_password else _is_random(written[len(sign) :])):
                continue
            if is_password and any(first <= at < last for first, last in taken):
                continue  # a token, which stands where a password can
            taken.append((at, at + len(written)))
            line_start = text.rfind("\n", 0, at) + 1
            length = len(written.partition("\n")[0])
            line, counted = line + text.count("\n", counted, at), at
            yield Credential(
                kind, line, at - line_start + 1, length, f"{written[: _SHOWN // 4 if is_password else _SHOWN]}…"
            )


def _is_random(secret: str) -> bool:
    tail = secret[-_TAIL:]
    is_mixed = len(set(tail)) >= _RANDOM and any(character.isdigit() for character in tail)
    return is_mixed and not _EXAMPLE.search(secret)


def _is_chosen(secret: str) -> bool:
    """Return whether it is as complicated as passwords have to be: `password` and `<secret>` stand for one."""
    is_mixed = any(map(str.isdigit, secret)) and any(map(str.isalpha, secret))
    return is_mixed and len(set(secret)) >= _CHOSEN and not _EXAMPLE.search(secret)
