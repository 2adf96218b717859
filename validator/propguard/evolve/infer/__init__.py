"""A property schema guessed from what code writes and what is stored: a draft that accepts both, and says why it guesses what."""

from propguard.evolve.infer.draft import Draft, infer
from propguard.evolve.infer.shapes import patterns_of

__all__ = ["Draft", "infer", "patterns_of"]
