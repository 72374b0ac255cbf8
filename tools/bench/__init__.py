"""Measure the project's bars: `python -m tools.bench [section …]`.

Each section measures one thing and returns a `Section`; the sections that
ran are merged into docs/made/bench.json, and BENCH.md is written from
that file, so a run of one section keeps the others.
"""
