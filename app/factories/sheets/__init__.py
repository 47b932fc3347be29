"""Files that people fill in: what they chose, where the headings stand. Shared by every list that is read."""
