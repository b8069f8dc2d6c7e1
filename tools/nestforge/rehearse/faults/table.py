"""All faults, by the names that service/rehearsal.yaml has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.faults.cut_and_heal_link import cut_and_heal_link
from nestforge.rehearse.faults.cut_link import cut_link
from nestforge.rehearse.faults.fill_disk import fill_disk
from nestforge.rehearse.faults.kill_engine import kill_engine
from nestforge.rehearse.faults.remove_container import remove_container

if TYPE_CHECKING:
    from nestforge.rehearse.faults.fault import Strike

FAULTS: dict[str, Strike] = {
    "cut-link": cut_link,
    "cut-and-heal-link": cut_and_heal_link,
    "remove-container": remove_container,
    "kill-engine": kill_engine,
    "fill-disk": fill_disk,
}
