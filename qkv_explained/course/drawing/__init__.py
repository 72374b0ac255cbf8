"""How the site draws: its style, clean SVG, pictures of matrices.

A figure is a module `figures/<name>.py` in its topic's folder. It has
`LABELS` (one mapping of words per language), a function `draw(labels)` that
returns a matplotlib figure and, for heat maps and other pictures whose
numbers matter, `table(labels)` with the same numbers. Where it shows what an
experiment measured, both take the content of the result file as well.
"""
