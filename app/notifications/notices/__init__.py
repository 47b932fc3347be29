"""What is told to people without e-mail: a notice to hang up, a text to paste, a list for the notice board."""
