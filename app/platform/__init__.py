"""What any web product needs; knows nothing of training."""
