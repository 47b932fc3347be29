"""Courses of somebody else: which of them count here, and who passed one, as another system says."""
