"""`python -m propguard` is the command `propguard`."""

from propguard.cli import main

if __name__ == "__main__":
    main()
