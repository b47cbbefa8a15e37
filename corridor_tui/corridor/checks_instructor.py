"""What stands against an order of the instructor."""

from collections.abc import Callable

from corridor_tui.corridor.orders import ALLOW, ALLOWANCES, may_allow
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.view import View


def _inject(view: View, name: str) -> Refusal | None:
    if name not in view.level.live:
        return because("no_upset", name, ", ".join(view.level.live) or "-")
    return because("upset_begun", name) if name in view.instructed.injected else None


def _allow(view: View, percent: str) -> Refusal | None:
    if not may_allow(percent):
        return because("no_allowance", percent, ALLOWANCES[-1])
    return because("allowance_is_so", percent) if int(percent) == view.instructed.allowance else None


CHECKS: dict[str, Callable[..., Refusal | None]] = {"inject": _inject, ALLOW: _allow}
