"""How the things that are no train are told apart where they can be chosen."""

TRACK, CRANE, PLACE, BOX = "track:", "crane:", "place:", "box:"
"""What the keys of tracks, cranes, neighbours and containers begin with; a train's key is its number."""
