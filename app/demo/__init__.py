"""The fictional programme that shows the product."""
