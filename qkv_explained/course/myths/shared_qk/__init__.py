"""The myth “the model works with Q = K”."""
