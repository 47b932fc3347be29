"""Who must be trained in what: versions with a scope and a source, and waivers."""
