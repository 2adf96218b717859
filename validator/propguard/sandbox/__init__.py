"""A local platform, for tests and for trying things out."""
