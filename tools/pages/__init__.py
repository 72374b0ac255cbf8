"""Pages as tools and checks read them."""
