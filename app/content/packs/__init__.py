"""Requirements as files: what a law or a programme usually asks, with its source, to be taken over as drafts."""
