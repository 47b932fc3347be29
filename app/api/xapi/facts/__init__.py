"""What this system says itself: marks, attempts, completions and certificates, told as statements after the fact.

Nothing is written while somebody marks or answers: a job follows the append-only logs, looks up what holds now of each
thing that they name, and says it once. What does not hold any more is voided. See docs/decisions/0037.
"""
