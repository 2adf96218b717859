from .keys import PropertyKey
from .properties import RequestTagger, add_properties, add_property

__all__ = ["PropertyKey", "RequestTagger", "add_properties", "add_property"]
