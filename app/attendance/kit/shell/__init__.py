"""The kit as a browser installs it: its page in each language, its worker and its manifest. Nothing in them is personal."""
