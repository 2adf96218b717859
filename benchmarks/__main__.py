"""Every set of figures in one run: `make bench`."""

from __future__ import annotations

from benchmarks import apply, audit, check, evolve, guard, others, scan, start

for figures in (check, guard, apply, audit, others, start, evolve, scan):
    print(f"# {(figures.__doc__ or '').splitlines()[0]}\n")
    figures.main()
    print()
