"""`python -m propguard` and the command `propguard`; here rather than in `cli`, so that little is imported before Ctrl-C is seen to."""

from __future__ import annotations

from typing import NoReturn

from propguard.interrupts import leave_at_once


def main() -> NoReturn:
    """Run the command line."""
    leave_at_once()
    from propguard.cli import main as run

    run()


if __name__ == "__main__":
    main()
