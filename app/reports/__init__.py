"""What a programme reports: indicators with fixed definitions, and periods whose figures stay as they were told."""
