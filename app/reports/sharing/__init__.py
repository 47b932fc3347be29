"""What is shown of a factory to its buyers, and of a programme to ministries and partners."""
