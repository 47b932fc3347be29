"""Many certificates at once: searched, listed, packed into one file by a job and handed out for a day."""
