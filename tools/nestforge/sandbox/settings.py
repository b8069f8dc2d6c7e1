"""How the sandbox behaves where the cloud takes its time: kept with its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.store import Store

AUTOMATIC = "automatic"
MANUAL = "manual"
REVIEWS = (AUTOMATIC, MANUAL)


def review(store: Store) -> str:
    """Return who decides a registration: the sandbox itself (`automatic`), or a person (`manual`)."""
    return store.setting("review", AUTOMATIC)


def set_review(store: Store, who: str) -> None:
    """Change who decides a registration."""
    store.set_setting("review", who)


def pending_reads(store: Store) -> int:
    """Return how many reads see each passing state."""
    return int(store.setting("pending_reads", "0"))


def set_pending_reads(store: Store, reads: int) -> None:
    """Change how many reads see each passing state."""
    store.set_setting("pending_reads", str(reads))
