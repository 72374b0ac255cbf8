"""Build and serve the site, and finish what MkDocs gives."""
