"""A programme as large as real ones, made of facts that nobody lived: for measuring, not for looking round."""
