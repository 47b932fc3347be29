"""What the programme did for a factory, written down once it is over: visits, tailored training, group services."""
