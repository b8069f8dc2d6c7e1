"""The sandbox's memory: one SQLite file, every operation one transaction."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nestforge.model.errors import NestforgeError
from nestforge.sandbox.faults import Fault
from nestforge.sandbox.records import ArtifactVersion, LoggedCall, Registration, ServiceVersion, StoredObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE = "state.sqlite3"
CALLS_KEPT = 10_000
PATIENCE = 1.0  # seconds that a writer waits for another

_TABLES = """
CREATE TABLE service_version (service_id TEXT, version TEXT, body TEXT, PRIMARY KEY (service_id, version));
CREATE TABLE artifact_version (artifact_id TEXT, version TEXT, body TEXT, PRIMARY KEY (artifact_id, version));
CREATE TABLE registration (registration_id TEXT PRIMARY KEY, body TEXT);
CREATE TABLE tag (kind TEXT, resource_id TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, resource_id, name));
CREATE TABLE object (bucket TEXT, key TEXT, content_type TEXT, content BLOB, PRIMARY KEY (bucket, key));
CREATE TABLE nonce (nonce TEXT PRIMARY KEY, seen TEXT);
CREATE TABLE client_token (action TEXT, token TEXT, parameters TEXT, reply TEXT, PRIMARY KEY (action, token));
CREATE TABLE call (number INTEGER PRIMARY KEY, time TEXT, action TEXT, status INTEGER, request TEXT, reply TEXT);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT);
"""
_STACKS = """
CREATE TABLE stack (stack_id TEXT PRIMARY KEY, body TEXT);
CREATE TABLE stack_resource (stack_id TEXT, name TEXT, body TEXT, PRIMARY KEY (stack_id, name));
CREATE TABLE stack_event (number INTEGER PRIMARY KEY, stack_id TEXT, body TEXT);
CREATE TABLE stack_log (number INTEGER PRIMARY KEY, stack_id TEXT, body TEXT);
CREATE TABLE service_instance (instance_id TEXT PRIMARY KEY, body TEXT);
CREATE INDEX event_of_stack ON stack_event (stack_id);
CREATE INDEX log_of_stack ON stack_log (stack_id);
"""
_MIGRATIONS = (_TABLES, _STACKS)
"""What leads from each version of the schema to the next; a new state goes all the way."""

SCHEMA_VERSION = len(_MIGRATIONS)


class StateUnusable(NestforgeError):
    """The sandbox's state file cannot be used. It is left as it is: only `reset` removes it."""

    exit_code = 4

    def __init__(self, path: Path, why: str, help: str) -> None:
        super().__init__(f"the sandbox's state {path} {why}", help=help)


def unusable(path: Path, error: sqlite3.Error | OSError) -> StateUnusable:
    """Say what is wrong with the state, and what to do about it."""
    if isinstance(error, OSError):
        return StateUnusable(path, f"cannot be opened: {error.strerror}", "mend the folder's rights")
    if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        why, help = "is locked by another program", f"end that program (`fuser {path}` names it), and run this again"
    elif _code(error) == sqlite3.SQLITE_FULL:
        why, help = "cannot be written: the disk is full", "make room, and run this again: nothing is lost"
    elif isinstance(error, sqlite3.OperationalError):
        why, help = f"cannot be used: {error}", "make room on the disk, or mend the rights of the file and its folder"
    else:
        why = f"is damaged: {error}"
        help = "begin anew with `nestforge sandbox reset`, then publish again; copy the file first if you need it"
    return StateUnusable(path, why, help)


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 for an error that is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class Store:
    """Reads and writes the state. Several processes may have it open; one writes at a time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path.touch()
            self.path.chmod(0o600)  # stacks have their passwords in here
            self.db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        except (sqlite3.Error, OSError) as error:
            raise unusable(self.path, error) from error
        try:
            self._open()
        except sqlite3.Error as error:
            self.db.close()
            raise unusable(self.path, error) from error
        except StateUnusable:
            self.db.close()
            raise

    def _open(self) -> None:
        with self.transaction():
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            if version > 0 or not self.db.execute("SELECT 1 FROM sqlite_master").fetchone():
                for migration in _MIGRATIONS[version:]:
                    for statement in migration.strip().splitlines():
                        self.db.execute(statement)
                    version += 1
                    self.db.execute(f"PRAGMA user_version={version}")
        if version > SCHEMA_VERSION:
            raise StateUnusable(
                self.path,
                f"is of version {version}, this nestforge knows {SCHEMA_VERSION}",
                "use the nestforge that wrote it, or begin anew with `nestforge sandbox reset`, then publish again",
            )
        if version == 0:
            raise sqlite3.DatabaseError("it is not a sandbox's state")
        if (found := self.db.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(found)
        self.db.execute("PRAGMA journal_mode=WAL")
        # A kill loses nothing that was answered; a power cut may lose the last answers, as is fit for a sandbox.
        self.db.execute("PRAGMA synchronous=NORMAL")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:  # SQLite has ended it itself where the disk is full
                self.db.execute("ROLLBACK")
            raise

    def revision(self) -> str:
        """Return what is another after each change, whoever made it."""
        others = self.db.execute("PRAGMA data_version").fetchone()[0]
        return f"{others}.{self.db.total_changes}"

    # Services, oldest first

    def save_service(self, service: ServiceVersion) -> None:
        """Write one version."""
        self.db.execute(
            "INSERT INTO service_version VALUES (?, ?, ?) "
            "ON CONFLICT (service_id, version) DO UPDATE SET body = excluded.body",
            (service.service_id, service.version, json.dumps(asdict(service))),
        )

    def services(self, service_id: str | None = None) -> list[ServiceVersion]:
        """Return all versions, of one service or of all."""
        rows = self.db.execute(
            "SELECT body FROM service_version WHERE ? IS NULL OR service_id = ? ORDER BY rowid",
            (service_id, service_id),
        )
        return [ServiceVersion(**_body(row)) for row in rows]

    def delete_service(self, service_id: str, version: str) -> None:
        """Remove one version."""
        self.db.execute("DELETE FROM service_version WHERE service_id = ? AND version = ?", (service_id, version))

    # Artifacts, oldest first

    def save_artifact(self, artifact: ArtifactVersion) -> None:
        """Write one version."""
        self.db.execute(
            "INSERT INTO artifact_version VALUES (?, ?, ?) "
            "ON CONFLICT (artifact_id, version) DO UPDATE SET body = excluded.body",
            (artifact.artifact_id, artifact.version, json.dumps(asdict(artifact))),
        )

    def artifacts(self, artifact_id: str | None = None) -> list[ArtifactVersion]:
        """Return all versions, of one artifact or of all."""
        rows = self.db.execute(
            "SELECT body FROM artifact_version WHERE ? IS NULL OR artifact_id = ? ORDER BY rowid",
            (artifact_id, artifact_id),
        )
        return [ArtifactVersion(**_body(row)) for row in rows]

    def delete_artifact(self, artifact_id: str, version: str) -> None:
        """Remove one version."""
        self.db.execute("DELETE FROM artifact_version WHERE artifact_id = ? AND version = ?", (artifact_id, version))

    # Registrations, oldest first

    def save_registration(self, registration: Registration) -> None:
        """Write a registration."""
        self.db.execute(
            "INSERT INTO registration VALUES (?, ?) ON CONFLICT (registration_id) DO UPDATE SET body = excluded.body",
            (registration.registration_id, json.dumps(asdict(registration))),
        )

    def registrations(self) -> list[Registration]:
        """Return all registrations."""
        return [Registration(**_body(row)) for row in self.db.execute("SELECT body FROM registration ORDER BY rowid")]

    # Tags

    def tags(self, kind: str, resource_id: str) -> dict[str, str]:
        """Return the tags of a `service` or an `artifact`."""
        rows = self.db.execute(
            "SELECT name, value FROM tag WHERE kind = ? AND resource_id = ? ORDER BY name", (kind, resource_id)
        )
        return dict(rows.fetchall())

    def set_tags(self, kind: str, resource_id: str, tags: dict[str, str]) -> None:
        """Add tags, or change their values."""
        self.db.executemany(
            "INSERT OR REPLACE INTO tag VALUES (?, ?, ?, ?)",
            [(kind, resource_id, name, value) for name, value in tags.items()],
        )

    def remove_tags(self, kind: str, resource_id: str, names: Sequence[str] | None = None) -> None:
        """Remove tags by name, or all."""
        for name in self.tags(kind, resource_id) if names is None else names:
            self.db.execute(
                "DELETE FROM tag WHERE kind = ? AND resource_id = ? AND name = ?", (kind, resource_id, name)
            )

    # Objects

    def put_object(self, stored: StoredObject) -> None:
        """Write an object, replacing one of the same key."""
        self.db.execute(
            "INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?)",
            (stored.bucket, stored.key, stored.content_type, stored.content),
        )

    def stored_object(self, bucket: str, key: str) -> StoredObject | None:
        """Return an object."""
        row = self.db.execute("SELECT * FROM object WHERE bucket = ? AND key = ?", (bucket, key)).fetchone()
        return StoredObject(*row) if row else None

    # What the gateway remembers

    def remember_nonce(self, nonce: str, now: str, oldest: str) -> bool:
        """Note a nonce; return False where it was there before. Forgets those seen before `oldest`."""
        self.db.execute("DELETE FROM nonce WHERE seen < ?", (oldest,))
        return self.db.execute("INSERT OR IGNORE INTO nonce VALUES (?, ?)", (nonce, now)).rowcount == 1

    def answered(self, action: str, token: str) -> tuple[str, dict[str, object]] | None:
        """Return the parameters and the reply of the call that first had this ClientToken."""
        row = self.db.execute(
            "SELECT parameters, reply FROM client_token WHERE action = ? AND token = ?", (action, token)
        ).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def remember_answer(self, action: str, token: str, parameters: str, reply: dict[str, object]) -> None:
        """Note the reply to a ClientToken."""
        self.db.execute("INSERT INTO client_token VALUES (?, ?, ?, ?)", (action, token, parameters, json.dumps(reply)))

    def log_call(self, call: LoggedCall) -> None:
        """Note a call; the oldest are forgotten."""
        done = self.db.execute(
            "INSERT INTO call (time, action, status, request, reply) VALUES (?, ?, ?, ?, ?)",
            (call.time, call.action, call.status, json.dumps(call.request), json.dumps(call.reply)),
        )
        self.db.execute("DELETE FROM call WHERE number <= ?", ((done.lastrowid or 0) - CALLS_KEPT,))

    def calls(self, newest: int = CALLS_KEPT) -> list[LoggedCall]:
        """Return the newest calls, oldest first."""
        rows = self.db.execute(
            "SELECT time, action, status, request, reply FROM call ORDER BY number DESC LIMIT ?", (newest,)
        ).fetchall()
        return [LoggedCall(t, a, s, json.loads(request), json.loads(reply)) for t, a, s, request, reply in rows[::-1]]

    # Settings

    def setting(self, name: str, default: str) -> str:
        """Return a setting."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Change a setting."""
        self.db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def faults(self) -> list[Fault]:
        """Return the faults that are still to come."""
        return [Fault(**fault) for fault in json.loads(self.setting("faults", "[]"))]

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Replace the faults that are to come."""
        self.set_setting("faults", json.dumps([asdict(fault) for fault in faults]))


def _body(row: tuple[str]) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(row[0])
    return {**body, "ahead": tuple(body["ahead"])}
