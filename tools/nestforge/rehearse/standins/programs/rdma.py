"""The programs that show RDMA devices: eadm, ibv_devices, ibv_devinfo, rdma. They read /sys, as the real ones do."""

from __future__ import annotations

import os
import sys

CLASS = "/sys/class/infiniband"


def main() -> int:
    """Run the command line of any of them."""
    program = os.path.basename(sys.argv[0])
    return PROGRAMS[program](sys.argv[1:])


def _devices() -> list[str]:
    return sorted(os.listdir(CLASS)) if os.path.isdir(CLASS) else []


def _read(device: str, name: str) -> str:
    try:
        with open(f"{CLASS}/{device}/{name}", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def _state(device: str) -> str:
    return _read(device, "ports/1/state").partition(": ")[2]


def _ibv_devices(_: list[str]) -> int:
    print("    device          \t   node GUID\n    ------          \t----------------")
    for device in _devices():
        print(f"    {device:<16}\t{_read(device, 'node_guid').replace(':', '')}")
    return 0


def _ibv_devinfo(arguments: list[str]) -> int:
    wanted = arguments[arguments.index("-d") + 1] if "-d" in arguments[:-1] else ""
    devices = [device for device in _devices() if wanted in ("", device)]
    if not devices:
        print(f"IB device '{wanted}' wasn't found" if wanted else "No IB devices found", file=sys.stderr)
        return 255
    for device in devices:
        state = _state(device)
        print(f"hca_id:\t{device}\n\ttransport:\t\t\teRDMA (1)\n\tfw_ver:\t\t\t\t{_read(device, 'fw_ver')}")
        print(f"\tnode_guid:\t\t\t{_read(device, 'node_guid')}\n\tphys_port_cnt:\t\t\t1")
        print(f"\t\tport:\t1\n\t\t\tstate:\t\t\tPORT_{state} ({_read(device, 'ports/1/state').partition(':')[0]})")
        print("\t\t\tmax_mtu:\t\t4096 (5)\n\t\t\tactive_mtu:\t\t1024 (3)\n\t\t\tlink_layer:\t\tEthernet\n")
    return 0


def _rdma(arguments: list[str]) -> int:
    words = [word for word in arguments if word != "show"]
    if words not in (["link"], ["dev"], []):
        print(f"the rehearsal's rdma does not honour: {' '.join(arguments)}", file=sys.stderr)
        return 1
    for index, device in enumerate(_devices()):
        if words == ["link"]:
            print(f"link {device}/1 state {_state(device)} physical_state LINK_UP netdev eth0")
        else:
            print(
                f"{index}: {device}: node_type rnic fw {_read(device, 'fw_ver')} node_guid {_read(device, 'node_guid')}"
            )
    return 0


def _eadm(arguments: list[str]) -> int:
    if arguments[:1] != ["info"]:
        print(f"the rehearsal's eadm does not honour: {' '.join(arguments)}", file=sys.stderr)
        return 1
    for device in _devices():
        print(f"{device}: state {_state(device)}")
    return 0


PROGRAMS = {"eadm": _eadm, "ibv_devices": _ibv_devices, "ibv_devinfo": _ibv_devinfo, "rdma": _rdma}
