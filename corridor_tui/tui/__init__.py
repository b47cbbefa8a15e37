"""The control desk in the terminal: it reads views and sends orders, and decides nothing."""
