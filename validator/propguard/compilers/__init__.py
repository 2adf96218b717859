"""One schema compiled for the places where it is enforced."""

from propguard.compilers.checker import Checker

__all__ = ["Checker"]
