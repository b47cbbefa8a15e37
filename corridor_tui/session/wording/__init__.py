"""The words for codes: refusals, events, orders and stages in the terms of the trade."""

from corridor_tui.session.clocks import clock, day_clock
from corridor_tui.session.wording.events import event_text
from corridor_tui.session.wording.names import KINDS, STAGES, word
from corridor_tui.session.wording.orders import order_text, said_text
from corridor_tui.session.wording.refusals import refusal_text

__all__ = ["KINDS", "STAGES", "clock", "day_clock", "event_text", "order_text", "refusal_text", "said_text", "word"]
