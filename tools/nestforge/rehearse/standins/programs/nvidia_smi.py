"""The program `nvidia-smi`: the GPUs that the instance type promises."""

from __future__ import annotations

import sys
import time
from typing import Any

from nestforge.rehearse.standins.programs.facts import read_facts

CUDA = "12.4"
"""Shown beside the driver; the catalog says the least driver of this release."""

UNITS = {"memory": "MiB", "power": "W", "utilization": "%"}


def fields(index: int, hardware: dict[str, Any]) -> dict[str, str]:
    """Return what `--query-gpu` may ask of a GPU: an idle one, of which nothing is used."""
    total = int(hardware["gpu_memory"])
    return {
        "accounting.mode": "Disabled", "compute_cap": "9.0", "compute_mode": "Default",
        "count": str(hardware["gpu_count"]),
        "driver_version": hardware["driver"], "ecc.mode.current": "Enabled", "fan.speed": "[N/A]",
        "gpu_bus_id": f"00000000:{index + 1:02X}:00.0", "gpu_name": hardware["gpu"], "gpu_uuid": uuid(index),
        "index": str(index),
        "memory.free": str(total), "memory.total": str(total), "memory.used": "0", "mig.mode.current": "Disabled",
        "name": hardware["gpu"], "pci.bus_id": f"00000000:{index + 1:02X}:00.0", "persistence_mode": "Enabled",
        "power.draw": "0.00", "pstate": "P0", "temperature.gpu": "30",
        "timestamp": time.strftime("%Y/%m/%d %H:%M:%S.000"),
        "utilization.gpu": "0", "utilization.memory": "0", "uuid": uuid(index),
    }  # fmt: skip


def uuid(index: int) -> str:
    """Return an identity that is the same at each look."""
    return f"GPU-00000000-0000-4000-8000-{index:012x}"


def main() -> int:
    """Run the command line; return the exit code."""
    hardware = read_facts()["hardware"]
    indexes = list(hardware.get("gpus", range(hardware["gpu_count"])))
    if not indexes:
        print(
            "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest "
            "NVIDIA driver is installed and running."
        )
        return 9
    options, words = _options(sys.argv[1:])
    if "id" in options:
        wanted = options["id"].split(",")
        indexes = [index for index in indexes if {str(index), uuid(index)} & set(wanted)]
        if not indexes:
            print("No devices were found")
            return 6
    if "query-gpu" in options:
        return _query(options["query-gpu"], options.get("format", ""), indexes, hardware)
    if "query-compute-apps" in options:
        return _head(options["query-compute-apps"], options.get("format", ""))
    if words == ["list-gpus"]:
        for index in indexes:
            print(f"GPU {index}: {hardware['gpu']} (UUID: {uuid(index)})")
        return 0
    if words in (["topo"], []) and not set(options) - {"id"}:
        return _table(indexes, hardware) if not words else _refuse("topo")
    return _refuse(" ".join(sys.argv[1:]))


def _refuse(what: str) -> int:
    print(f"the rehearsal's nvidia-smi does not honour: {what}", file=sys.stderr)
    return 2


def _options(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    words = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in ("-i", "--id"):
            options["id"] = value if equals else rest.pop(0)
        elif name in ("--query-gpu", "--query-compute-apps", "--format") and equals:
            options[name[2:]] = value
        else:
            words.append("list-gpus" if name in ("-L", "--list-gpus") else word)
    return options, words


def _query(wanted: str, form: str, indexes: list[int], hardware: dict[str, Any]) -> int:
    names = [name.strip() for name in wanted.split(",")]
    code = _head(wanted, form)
    if code:
        return code
    for index in indexes:
        known = fields(index, hardware)
        units = {} if "nounits" in form else UNITS
        shown = [known[name] + (f" {unit}" if (unit := units.get(name.partition(".")[0])) else "") for name in names]
        print(", ".join(shown))
    return 0


def _head(wanted: str, form: str) -> int:
    """Print the first line of a query, if one is wanted; return 2 for what nobody can ask."""
    parts = {part.strip() for part in form.split(",")}
    if "csv" not in parts or parts - {"csv", "noheader", "nounits"}:
        print('Invalid combination of input arguments. "--format=" must be specified: csv[,noheader][,nounits]')
        return 2
    known = {
        *fields(0, {"gpu": "", "gpu_count": 1, "gpu_memory": 0, "driver": ""}),
        "pid",
        "process_name",
        "used_memory",
    }
    for name in (name.strip() for name in wanted.split(",")):
        if name not in known:
            print(f'Field "{name}" is not a valid field to query.\n')
            return 2
    if "noheader" not in parts:
        names = [name.strip() for name in wanted.split(",")]
        units = {} if "nounits" in parts else UNITS
        print(", ".join(name + (f" [{unit}]" if (unit := units.get(name.partition(".")[0])) else "") for name in names))
    return 0


def _table(indexes: list[int], hardware: dict[str, Any]) -> int:
    line, double = "+" + "-" * 89 + "+", "|" + "=" * 41 + "+" + "=" * 24 + "+" + "=" * 22 + "|"
    driver, memory = hardware["driver"], f"0MiB / {hardware['gpu_memory']:>6}MiB"
    print(time.strftime("%a %b %d %H:%M:%S %Y"))
    print(line)
    print(f"| NVIDIA-SMI {driver:<22} Driver Version: {driver:<14} CUDA Version: {CUDA:<9}|".ljust(90)[:90] + "|")
    print("|" + "-" * 41 + "+" + "-" * 24 + "+" + "-" * 22 + "|")
    print("| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |")
    print("| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |")
    print(double)
    for index in indexes:
        known = fields(index, hardware)
        print(f"| {index:>3}  {hardware['gpu']:<27}  On     | {known['pci.bus_id']} Off | {'0':>20} |")
        print(f"| N/A   30C    P0              0W / 500W  | {memory:>22} |      0%      Default |")
        print("+" + "-" * 41 + "+" + "-" * 24 + "+" + "-" * 22 + "+")
    print("\n" + line)
    print("| Processes:".ljust(90) + "|")
    print("|  No running processes found".ljust(90) + "|")
    print(line)
    return 0
