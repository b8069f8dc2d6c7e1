"""How long a node reads a model's weights from its system disk."""

from __future__ import annotations

GIBIBYTE, MEBIBYTE = 1024**3, 1024**2

MOST_MBPS = {"cloud_auto": 350, "PL1": 350, "PL2": 750, "PL3": 4000}
"""MB/s at most, of an ESSD AutoPL disk without bought performance or bursts, or of an ESSD by its performance level."""

BASE_MBPS, MBPS_PER_GIB = 120, 0.5


def disk_mbps(size_gib: float, level: str) -> float:
    """Return the throughput of a disk of that size, in MB/s; `level` is a key of MOST_MBPS.

    min(120 + 0.5 x GiB, most): "ESSD AutoPL disks" and "ESSDs", ECS documentation; that of PL2 and PL3 is quoted
    from memory [assumed].
    """
    return min(BASE_MBPS + MBPS_PER_GIB * size_gib, MOST_MBPS[level])


def loading_seconds(weights_gib: float, size_gib: float, level: str) -> float:
    """Return how long a disk of `size_gib` takes to read the weights once, at its best; a MB is 1024 x 1024 bytes."""
    return weights_gib * GIBIBYTE / (disk_mbps(size_gib, level) * MEBIBYTE)
