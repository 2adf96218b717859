"""The words of the field: property, key, value, usage, violation, finding. Pure; the standard library only."""
