"""Calendar invitations (RFC 5545, 5546, 7986): one meeting, one person, one event."""
