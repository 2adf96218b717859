"""Which hosts are this machine."""

from __future__ import annotations

import ipaddress


def is_local(host: str) -> bool:
    """Whether what is sent to `host` stays on this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
