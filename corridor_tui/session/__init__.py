"""The session: one shift at work, from the first second to the outcome."""
