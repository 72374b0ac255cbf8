"""Make again whatever is committed and comes from code."""
