"""What the site teaches: each topic one folder, in reading order."""
