"""All checks, in the order in which they are made: the restart comes last, it disturbs the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.checks.call_samples import call_samples
from nestforge.rehearse.checks.keys import keys
from nestforge.rehearse.checks.open_ports import open_ports
from nestforge.rehearse.checks.outputs import outputs
from nestforge.rehearse.checks.paths import paths
from nestforge.rehearse.checks.reboot import reboot
from nestforge.rehearse.checks.secrets import secrets

if TYPE_CHECKING:
    from nestforge.rehearse.checks.check import Check

CHECKS: tuple[Check, ...] = (outputs, call_samples, keys, paths, open_ports, secrets, reboot)
