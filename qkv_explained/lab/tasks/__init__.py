"""Tasks that small models learn in seconds, each with its model."""
