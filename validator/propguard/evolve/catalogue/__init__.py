"""A property schema as a catalogue in Markdown, alone or between two lines of a page that says more."""

from propguard.evolve.catalogue.insertion import inserted, new_page

__all__ = ["inserted", "new_page"]
