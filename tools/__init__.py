"""What builds, refreshes and checks the site. Not part of the package."""
