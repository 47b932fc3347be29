"""The verbs that change grades."""
