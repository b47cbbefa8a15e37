"""What becomes free, by kind, as a view's `touched_since` names it; with a space, as no name in a level has."""

ROOM = "room in the station"
"""The kind of room for one more train with a load, where a rule says how many there may be."""


def free_track(gauge: int, use: str) -> str:
    """The kind of a track."""
    return f"track {gauge} {use}"


def free_locomotive(gauge: int) -> str:
    """The kind of a locomotive of a gauge."""
    return f"locomotive {gauge}"


def free_slots(neighbour: str) -> str:
    """The kind of a neighbour's acceptance."""
    return f"slots {neighbour}"


def free_pool(pool: str) -> str:
    """The kind of people or places of a pool."""
    return f"pool {pool}"
