"""People at the door whom nobody knows yet: marked like anyone, and found in the register later."""
