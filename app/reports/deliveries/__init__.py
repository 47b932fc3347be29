"""Reports that come by themselves: subscribed to, made by a job when a period is over, kept for a day for one reader."""
