"""Quizzes that open by themselves: before a training session begins, and months after it has ended."""
