"""The sandbox's memory: one SQLite file, every operation one transaction."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA_VERSION = 1
FILE = "state.sqlite3"

_TABLES = """
CREATE TABLE service_version (service_id TEXT, version TEXT, body TEXT, PRIMARY KEY (service_id, version));
CREATE TABLE artifact_version (artifact_id TEXT, version TEXT, body TEXT, PRIMARY KEY (artifact_id, version));
CREATE TABLE registration (registration_id TEXT PRIMARY KEY, body TEXT);
CREATE TABLE tag (kind TEXT, resource_id TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, resource_id, name));
CREATE TABLE object (bucket TEXT, name TEXT, type TEXT, content BLOB, PRIMARY KEY (bucket, name));
CREATE TABLE nonce (nonce TEXT PRIMARY KEY, seen TEXT);
CREATE TABLE client_token (action TEXT, token TEXT, parameters TEXT, reply TEXT, PRIMARY KEY (action, token));
CREATE TABLE call (number INTEGER PRIMARY KEY, time TEXT, action TEXT, status INTEGER, request TEXT, reply TEXT);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT);
"""


class StateUnusable(NestforgeError):
    """The sandbox's state file cannot be used."""

    exit_code = 1

    def __init__(self, path: Path, why: str, help: str) -> None:
        super().__init__(f"the sandbox's state {path} {why}", help=help)


@dataclass(frozen=True, slots=True)
class ServiceVersion:
    """One version of a service; `fields` are the request's own, `pending` reads are left until it settles."""

    service_id: str
    version: str
    status: str
    fields: dict[str, object]
    created: str
    updated: str
    published: str = ""
    registration_id: str = ""
    default: bool = False
    settles_as: str = ""


@dataclass(frozen=True, slots=True)
class ArtifactVersion:
    """One version of an artifact: `draft`, or a number once it is released."""

    artifact_id: str
    version: str
    status: str
    fields: dict[str, object]
    created: str
    updated: str
    settles_as: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """The review of a draft: Submitted, Approved, Rejected, Canceled or Executed."""

    registration_id: str
    service_id: str
    version: str
    status: str
    submitted: str
    finished: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object in OSS."""

    bucket: str
    name: str
    type: str
    content: bytes = field(repr=False)


class Store:
    """Reads and writes the state; used by one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        folder.mkdir(parents=True, exist_ok=True)
        fresh = not self.path.exists()
        try:
            self.db = sqlite3.connect(self.path, timeout=2, isolation_level=None, check_same_thread=False)
            self.db.execute("PRAGMA journal_mode=WAL")
            # A kill loses nothing that was answered; a power cut may lose the last answers, as is fit for a sandbox.
            self.db.execute("PRAGMA synchronous=NORMAL")
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            if fresh or version == 0:
                self.db.executescript(f"BEGIN;{_TABLES}PRAGMA user_version={SCHEMA_VERSION};COMMIT;")
            elif version != SCHEMA_VERSION:
                raise StateUnusable(
                    self.path,
                    f"is of version {version}, this nestforge knows {SCHEMA_VERSION}",
                    "use the nestforge that wrote it, or begin anew with `nestforge sandbox reset`",
                )
            elif self.db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("the file is damaged")
        except sqlite3.OperationalError as error:
            why = f"cannot be opened: {error}"
            raise StateUnusable(self.path, why, "end the process that holds it, or mend the rights") from error
        except sqlite3.DatabaseError as error:
            why = f"is damaged: {error}"
            raise StateUnusable(self.path, why, "begin anew with `nestforge sandbox reset`") from error

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    # Services

    def save_service(self, service: ServiceVersion) -> None:
        """Write one version."""
        body = json.dumps(asdict(service))
        self.db.execute(
            "INSERT OR REPLACE INTO service_version VALUES (?, ?, ?)",
            (service.service_id, service.version, body),
        )

    def services(self, service_id: str | None = None) -> list[ServiceVersion]:
        """Return all versions, of one service or of all, oldest first."""
        rows = self.db.execute(
            "SELECT body FROM service_version WHERE ? IS NULL OR service_id = ? ORDER BY rowid",
            (service_id, service_id),
        )
        return sorted((ServiceVersion(**json.loads(body)) for (body,) in rows), key=lambda s: s.created)

    def delete_service(self, service_id: str, version: str) -> None:
        """Remove one version."""
        self.db.execute("DELETE FROM service_version WHERE service_id = ? AND version = ?", (service_id, version))

    # Artifacts

    def save_artifact(self, artifact: ArtifactVersion) -> None:
        """Write one version."""
        body = json.dumps(asdict(artifact))
        self.db.execute(
            "INSERT OR REPLACE INTO artifact_version VALUES (?, ?, ?)",
            (artifact.artifact_id, artifact.version, body),
        )

    def artifacts(self, artifact_id: str | None = None) -> list[ArtifactVersion]:
        """Return all versions, of one artifact or of all, oldest first."""
        rows = self.db.execute(
            "SELECT body FROM artifact_version WHERE ? IS NULL OR artifact_id = ? ORDER BY rowid",
            (artifact_id, artifact_id),
        )
        return sorted((ArtifactVersion(**json.loads(body)) for (body,) in rows), key=lambda a: a.created)

    def delete_artifact(self, artifact_id: str, version: str) -> None:
        """Remove one version."""
        self.db.execute("DELETE FROM artifact_version WHERE artifact_id = ? AND version = ?", (artifact_id, version))

    # Registrations

    def save_registration(self, registration: Registration) -> None:
        """Write a registration."""
        body = json.dumps(asdict(registration))
        self.db.execute("INSERT OR REPLACE INTO registration VALUES (?, ?)", (registration.registration_id, body))

    def registrations(self) -> list[Registration]:
        """Return all registrations, oldest first."""
        rows = self.db.execute("SELECT body FROM registration ORDER BY rowid")
        return sorted((Registration(**json.loads(body)) for (body,) in rows), key=lambda r: r.submitted)

    # Tags

    def tags(self, kind: str, resource_id: str) -> dict[str, str]:
        """Return the tags of a `service` or an `artifact`."""
        rows = self.db.execute(
            "SELECT name, value FROM tag WHERE kind = ? AND resource_id = ? ORDER BY name",
            (kind, resource_id),
        )
        return dict(rows.fetchall())

    def set_tags(self, kind: str, resource_id: str, tags: dict[str, str]) -> None:
        """Add tags, or change their values."""
        self.db.executemany(
            "INSERT OR REPLACE INTO tag VALUES (?, ?, ?, ?)",
            [(kind, resource_id, name, value) for name, value in tags.items()],
        )

    def remove_tags(self, kind: str, resource_id: str, names: list[str]) -> None:
        """Remove tags by name."""
        self.db.executemany(
            "DELETE FROM tag WHERE kind = ? AND resource_id = ? AND name = ?",
            [(kind, resource_id, name) for name in names],
        )

    # Objects

    def put_object(self, stored: StoredObject) -> None:
        """Write an object, replacing one of the same name."""
        self.db.execute(
            "INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?)",
            (stored.bucket, stored.name, stored.type, stored.content),
        )

    def stored_object(self, bucket: str, name: str) -> StoredObject | None:
        """Return an object."""
        row = self.db.execute("SELECT * FROM object WHERE bucket = ? AND name = ?", (bucket, name)).fetchone()
        return StoredObject(*row) if row else None

    # What the gateway remembers

    def remember_nonce(self, nonce: str, now: str, oldest: str) -> bool:
        """Note a nonce; return False where it was there before. Forgets those seen before `oldest`."""
        self.db.execute("DELETE FROM nonce WHERE seen < ?", (oldest,))
        done = self.db.execute("INSERT OR IGNORE INTO nonce VALUES (?, ?)", (nonce, now))
        return done.rowcount == 1

    def answered(self, action: str, token: str) -> tuple[str, dict[str, object]] | None:
        """Return the parameters and the reply of the call that first had this ClientToken."""
        row = self.db.execute(
            "SELECT parameters, reply FROM client_token WHERE action = ? AND token = ?", (action, token)
        ).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def remember_answer(self, action: str, token: str, parameters: str, reply: dict[str, object]) -> None:
        """Note the reply to a ClientToken."""
        self.db.execute("INSERT INTO client_token VALUES (?, ?, ?, ?)", (action, token, parameters, json.dumps(reply)))

    def log_call(self, time: str, action: str, status: int, request: dict[str, str], reply: dict[str, object]) -> None:
        """Note a call with its masked request and reply."""
        self.db.execute(
            "INSERT INTO call (time, action, status, request, reply) VALUES (?, ?, ?, ?, ?)",
            (time, action, status, json.dumps(request), json.dumps(reply)),
        )

    def calls(self) -> list[tuple[str, str, int, dict[str, str], dict[str, object]]]:
        """Return time, action, status, request and reply of every call."""
        rows = self.db.execute("SELECT time, action, status, request, reply FROM call ORDER BY number")
        return [(t, a, s, json.loads(request), json.loads(reply)) for t, a, s, request, reply in rows]

    # Settings

    def setting(self, name: str, default: str) -> str:
        """Return a setting."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Change a setting."""
        self.db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
