"""Reading for phones without network, and about them."""
