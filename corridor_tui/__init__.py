"""corridor_tui: a terminal trainer for the people who keep a rail border moving."""

__version__ = "0.1.0"
ENGINE = "4"
"""The engine version: it changes whenever the same level, seed and orders would give other events."""
