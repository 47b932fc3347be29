"""The kit as a browser installs it: its page in each language, its worker, its manifest. Nothing here is personal."""
