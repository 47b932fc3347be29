"""What somebody was told, by which way, and whether it arrived: the delivery log and the log of tellings together."""
