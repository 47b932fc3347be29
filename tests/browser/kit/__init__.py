"""The offline kit in a real browser: what is taken down without network is never lost, never doubled, and told truly."""
