"""The schema's own life. Receives schemas, usages and profiles as values, and does no input or output."""
