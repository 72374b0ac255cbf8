"""What builds the site: its configuration, one for each language."""
