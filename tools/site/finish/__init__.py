"""What is done to built HTML."""
