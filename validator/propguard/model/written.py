"""What became of one property that was to be written."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """The platform has taken this property; `verified` tells whether it was read back afterwards."""

    request_id: str
    key: str
    value: str
    verified: bool = False
