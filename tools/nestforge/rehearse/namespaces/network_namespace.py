"""Networks without a process: a namespace lives as long as a descriptor of it is open, and ends with this process.

A thread of its own enters each, for a thread's network is its own, and this process keeps the one it has.
"""

from __future__ import annotations

import os
import socket
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from nestforge.rehearse.namespaces import syscalls

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def new_network() -> int:
    """Return the descriptor of a new network with nothing in it. Raises OSError."""

    def make() -> int:
        syscalls.unshare(syscalls.NEWNET)
        return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)

    return _in_thread(make)


def listen(network: int, address: str, port: int) -> socket.socket:
    """Return a socket that listens inside of the network. Raises OSError."""

    def open_socket() -> socket.socket:
        syscalls.enter(network)
        opened = socket.socket()
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((address, port))
        opened.listen(128)
        return opened

    return _in_thread(open_socket)


def _in_thread(work: Callable[[], Result]) -> Result:
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # it is the caller's, wherever it was raised
            future.set_exception(error)

    thread = Thread(target=run, name="network")
    thread.start()
    thread.join()
    return future.result()
