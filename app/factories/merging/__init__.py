"""Two entries that are one person: finding, joining and parting them again."""
