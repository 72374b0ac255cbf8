"""Numbers that pages state, computed: one module with `facts()` a page.

`python -m tools.refresh facts` writes them to docs/assets/data, from where
the pages take them.
"""
