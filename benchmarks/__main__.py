"""Every set of figures in one run: `make bench`."""

from __future__ import annotations

from benchmarks import audit, check, scan, start

for figures in (check, start, scan, audit):
    print(f"# {(figures.__doc__ or '').splitlines()[0]}\n")
    figures.main()
    print()
