"""How the site draws: its style, clean SVG, pictures of matrices.

A figure is a module `figures/<name>.py` in its topic's folder. It has a
function `draw(labels)` that returns a matplotlib figure and, for heat maps
and other pictures whose numbers matter, `table(labels)` with the same
numbers. Where it shows what an experiment measured, both take the content of
the result file as well. Its labels stand in the front matter of the page
that shows it, in each language.
"""
