"""No test may reach beyond this machine: connecting to, or looking up, another one raises, and is noted."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

attempts: list[str] = []


class LiveNetworkError(RuntimeError):
    """Something tried to reach another machine."""


def is_local(host: object) -> bool:
    """Whether a host, as given to ``connect`` or ``getaddrinfo``, is this machine."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost", "testserver"):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _check(host: object) -> None:
    if not is_local(host):
        attempts.append(str(host))
        raise LiveNetworkError(f"A live call to {host!r}: tests may only use loopback.")


def install() -> None:
    """Put the guard in front of the socket functions that every Python client ends in."""

    def guarded_method(name: str, address_at: int) -> None:
        real = getattr(socket.socket, name)

        def method(self: socket.socket, *args: Any) -> Any:
            address = args[address_at]
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _check(address[0])
            return real(self, *args)

        setattr(socket.socket, name, method)

    def guarded_function(name: str) -> None:
        real = getattr(socket, name)

        def function(host: Any, *args: Any, **kwargs: Any) -> Any:
            _check(host)
            return real(host, *args, **kwargs)

        setattr(socket, name, function)

    for name, address_at in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        guarded_method(name, address_at)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        guarded_function(name)
