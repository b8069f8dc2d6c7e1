"""What is a credential in a text, and what only looks like one."""

from __future__ import annotations

import pytest

from nestforge.lint.credentials import credentials_in

KEY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("id: LTAI5tQnotAnyKeyOf9mine", "the id of an AccessKey"),
        ("sk-q8Zt0vUe5RkLw2mB7nYc", "an API key"),
        (f"-----BEGIN RSA PRIVATE KEY-----\n{KEY}", "a private key"),
        (f"echo '-----BEGIN PRIVATE KEY-----' > id_rsa\\n\"\\n - \"echo '{KEY}' >> id_rsa", "a private key"),
        ('{\\"auth\\": \\"bm9ib2R5Om5vdGhpbmcx\\"}', "a login for an image registry"),
        ("ghp_q8Zt0vUe5RkLw2mB7nYcq8Zt0vUe5RkLw2mB", "a token of GitHub"),
        ("https://hooks.slack.com/services/T0AB1CD2E/B0AB1CD2F/q8Zt0vUe5RkLw2mB7nYc", "the webhook of a robot"),
    ],
)
def test_a_credential_is_named_and_masked(text: str, kind: str) -> None:
    (found,) = credentials_in(text)
    assert found.kind == kind
    assert len(found.shown) == 5
    assert found.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "docker login -u nobody -p Nt7-quiet9 registry.cn-hangzhou.aliyuncs.com",
        "docker login registry --username=nobody -p 'Nt7-quiet9'",
        "mysqladmin --user=root --password=Nt7-quiet9",
        'x --password \\"Nt7-quiet9\\"',
        "git clone https://nobody:Nt7-quiet9@code.aliyun.com/x/y.git",
        "redis://:Nt7-quiet9@host:6379/0",
        "      MYSQL_ROOT_PASSWORD: Nt7-quiet9",
        "      - 'POSTGRES_PASSWORD=Nt7-quiet9'",
        'export PASSWORD="Nt7-quiet9"',
        '{"PGPASSWORD": "Nt7-quiet9"}',
    ],
)
def test_a_password_is_found_where_it_is_written(text: str) -> None:
    (found,) = credentials_in(text)
    assert found.kind.startswith("a password")
    assert (text[found.column - 1 :][: found.length], found.shown) == ("Nt7-quiet9", "N…")


@pytest.mark.parametrize(
    "text",
    [
        "docker login -u nobody -p ${Password} registry",
        "docker login -u nobody --password-stdin registry < /etc/login1234",
        "docker login registry && docker run -p 8000:8000a image",
        "mysqladmin --password=Nt7-quiet9${Suffix}",
        "mysqladmin --password=<password1>",
        "mysqladmin --password=secretword",
        "MYSQL_ROOT_PASSWORD: ${MYSQL_ROOT_PASSWORD}",
        "MYSQL_ROOT_PASSWORD=$(openssl rand -hex 16)",
        "MYSQL_ROOT_PASSWORD: changeme",
        "MYSQL_ROOT_PASSWORD_FILE: /run/secrets/db1password",
        "https://nobody:$Passw0rd@host",
        "https://user:password@host",
        "http://localhost:8000/a1b2c3d4@x",
        "socks5://10.0.0.1:10808080@x",
        "LTAIxxxxxxxxxxxxxxxx",
        "sk-your-key-from-the-console-1",
        "risk-q8Zt0vUe5RkLw2mB7nYc",
        "sk-abcdefghijklmnopqrstuvw0",
        '"auth": "${DockerAuth}"',
        "-----BEGIN PRIVATE KEY-----\n…",
        "-----BEGIN PUBLIC KEY-----\n" + KEY,
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n" + KEY,
    ],
)
def test_what_only_looks_like_a_credential_is_none(text: str) -> None:
    assert list(credentials_in(text)) == []


def test_the_place_of_a_credential_counts_from_one() -> None:
    (found,) = credentials_in("a\nb: LTAI5tQnotAnyKeyOf9mine\n")
    assert (found.line, found.column, found.length) == (2, 4, 23)


def test_a_token_in_an_address_is_one_credential() -> None:
    (found,) = credentials_in("git clone https://x:ghp_q8Zt0vUe5RkLw2mB7nYcq8Zt0vUe5RkLw2mB@github.com/x/y.git")
    assert found.kind == "a token of GitHub"
