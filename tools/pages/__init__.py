"""What is read of our Markdown."""
