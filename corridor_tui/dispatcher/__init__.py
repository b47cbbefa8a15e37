"""The dispatchers: automatic players that see what a trainee sees and give the same orders."""
