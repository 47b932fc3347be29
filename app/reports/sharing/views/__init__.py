"""Pages of sharing: of the factory, and what a buyer opens."""
