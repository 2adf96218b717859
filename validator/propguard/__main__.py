"""`python -m propguard` and the command `propguard`; here rather than in `cli`, so that little is imported before Ctrl-C is seen to."""

from __future__ import annotations

from propguard.interrupts import leave_at_once

TYPE_CHECKING = False  # as `typing` takes longer to import than all else here
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line."""
    leave_at_once()
    from propguard.cli import main as run

    run()


if __name__ == "__main__":
    main()
