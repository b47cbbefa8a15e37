"""The instructor's room: what a level asks of a trainee, and what a seed holds in store."""
