"""Door 2: guarded writes."""
