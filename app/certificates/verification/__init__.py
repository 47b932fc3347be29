"""Is this certificate ours, and does it still hold? For everybody: by code, by file, and without network."""
