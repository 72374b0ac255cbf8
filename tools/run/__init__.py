"""Run the blocks of the pages, each as in a fresh interpreter."""
