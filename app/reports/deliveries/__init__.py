"""Reports that come by themselves: subscribed to, made when a period is over, kept for a day for its reader."""
