"""Measure the project's bars: `python -m tools.bench [section …]`."""
