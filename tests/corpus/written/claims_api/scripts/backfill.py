#!/usr/bin/env python
"""Give old requests the property they lacked: `python scripts/backfill.py ids.txt`."""

import sys
from time import sleep

from claims_api.observability.properties import add_property as put


def main() -> int:
    with open(sys.argv[1]) as ids:
        for line in ids:
            put(line.strip(), "backfilled", "true")
            sleep(1.1)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
