"""The schema's own life: schemas, usages and profiles in, text and findings out; nothing here opens a file."""
