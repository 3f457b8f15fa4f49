"""File and message formats to plain rows and back; no session, no Qt."""
