"""Which people or places each piece of work takes."""

from corridor_tui.level.model import Level

POOL_OF = {
    "secure": "yard",
    "uncouple": "yard",
    "couple": "yard",
    "setout": "shunters",
    "shunt": "shunters",
    "border": "border",
    "commercial": "commercial",
    "technical": "technical",
    "empty": "technical",
    "weigh": "weighing",
    "waybill": "clerks",
    "brake_full": "brake",
    "brake_yard": "brake",
    "brake_short": "brake",
    "read": "officers",
    "check": "officers",
    "scan": "officers",
    "open": "officers",
    "unload": "officers",
    "repair": "fitters",
    "sample": "samplers",
    "laboratory": "benches",
}
PLACES = {"scan": "scanners", "open": "bays", "unload": "bays"}
"""The place a rung holds beside its officer."""
POOLS = (*dict.fromkeys(POOL_OF.values()), "bays", "scanners", "lorries")
NEARLY_LOADED = 0.2
"""The share of a train still to lift below which its waybill may be begun: done while the last wagons are loaded."""
ROUTINE = frozenset(
    {"lifting", "lifted", "twin_lifting", "twin_lifted", "moving_aside", "moved_aside", "stacked", "carrying", "carried", "fetching", "hauling", "trucked", "brought", "hauled", "lorry_back", "entered", "freed", "signal", "queued", "started", "moving", "ordered", "refused", "crane_set",
     "routed", "crane_blocked", "accepted", "paired", "requested", "found", "releasing", "path", "answered", "call_missed", "rule_set", "hint", "hint_over", "by_rule",
     "announced", "connected", "sailing_missed", "sailing_closed", "delivered", "stranded", "discharging", "tipping", "filled",
     "audited", "settled_up", "diverted", "forgotten"}
)  # fmt: skip
"""Events that give nobody anything to do."""
PLANT_HEALTH = ("sample", "laboratory")
"""Work on a consignment that leaves its papers to the officers meanwhile."""
INSPECTIONS = ("border", "commercial", "technical")
INSPECTED_SHARE = 0.5
"""How much of its inspections lies before the shift for a train that stands in the middle of them as it begins; assumed."""


_POOLS_OF = {task: (PLACES[task], pool) if task in PLACES else (pool,) for task, pool in POOL_OF.items()}


def pools_of(task: str) -> tuple[str, ...]:
    """The pools a task takes one of, in the order it takes them; none for work that holds nobody of ours."""
    return _POOLS_OF.get(task, ())


def pool_size(level: Level, pool: str) -> int:
    """How many a level has of a pool."""
    staff, customs, health = level.staff, level.customs, level.plant_health
    sizes = {
        "shunters": staff.shunters,
        "yard": staff.yard,
        "border": staff.border,
        "commercial": staff.commercial,
        "technical": staff.technical,
        "brake": staff.brake,
        "weighing": staff.weighing,
        "clerks": staff.clerks,
        "fitters": staff.fitters,
        "officers": customs.officers,
        "bays": customs.bays,
        "scanners": customs.scanners,
        "samplers": 0 if health is None else health.samplers,
        "benches": 0 if health is None else health.benches,
        "lorries": 0 if level.road is None else level.road.trucks,
    }
    return sizes[pool]
