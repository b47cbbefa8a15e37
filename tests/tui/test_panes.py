"""What the panes say of a shift, without a screen."""

from collections.abc import Iterator

import pytest
from conftest import shipped
from helpers import give, one_train, to_the_cranes, until
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from corridor_tui.corridor.chain import Step, chain
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.options import all_orders
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since, upcoming
from corridor_tui.session.wording import order_text
from corridor_tui.tui import choices
from corridor_tui.tui.completing import Completion
from corridor_tui.tui.cranes import crane_rows
from corridor_tui.tui.header import header_row, status_rows
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.lists import customs_rows, strip, train_rows
from corridor_tui.tui.matrix import Sheet, breadths, fields_of, in_sight, sheets_of
from corridor_tui.tui.menu import lettered
from corridor_tui.tui.messages import Messages
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.rows import wrap


def well_played(name: str, every_s: int = 900) -> Iterator[Shift]:
    """A shift as the coach would play it, looked at now and then."""
    shift = Shift(shipped(name), 1)
    looked = 0
    while not shift.over:
        order = next(shift.proposals(), None)
        if order is None:
            shift.run_on(shift.now_s + every_s)
        else:
            give(shift, order.text)
        if shift.now_s >= looked:
            looked = shift.now_s + every_s
            yield shift


@pytest.mark.parametrize("size", [(54, 21), (75, 30), (78, 20)])
def test_the_panel_always_shows_every_track_and_every_train_on_our_ground_and_keeps_its_width(
    size: tuple[int, int],
) -> None:
    for shift in well_played("fifty-five-minutes"):
        view = shift.view
        rows = panel_rows(view, *size)
        assert all(cell_len(item.text) <= size[0] for item in rows), [item.text for item in rows]
        words = " ".join(item.text for item in rows).split()
        assert set(view.level.tracks) <= set(words)
        shown = " ".join(words)
        for place, unit in view.holds.items():
            if "." not in place:
                assert unit in shown, (place, unit)


def test_the_panel_is_as_high_as_a_small_terminal_leaves_room_for() -> None:
    assert len(panel_rows(Shift(shipped("fifty-five-minutes"), 1).view, 79, 20)) <= 20


@pytest.mark.parametrize("width", [54, 79])
def test_train_and_customs_rows_keep_their_width_and_name_everything(width: int) -> None:
    since = Since()
    for shift in well_played("fifty-five-minutes"):
        view = shift.view
        trains, papers = (
            train_rows(view, width, since, [u for u in view.units.values() if u.gone_s is None]),
            customs_rows(view, width),
        )
        assert all(cell_len(item.text) <= width for item in (*trains, *papers))
        assert {item.key for item in trains} == {unit.id for unit in view.units.values() if unit.gone_s is None}
        assert {item.key for item in papers} == set(view.dossiers)


def test_a_train_that_waits_for_an_order_says_whose_and_since_when() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    since = Since()
    train_rows(shift.view, 79, since, shift.view.units.values())
    shift.advance(shift.now_s + 300)
    assert "your order (dispatch) since 10:02" in train_rows(shift.view, 79, since, shift.view.units.values())[0].text


def test_the_state_of_a_stage_can_be_told_without_colour() -> None:
    shift = one_train()
    to_the_cranes(shift)
    text = "".join(
        part if isinstance(part, str) else part[0] for part in strip(chain(shift.view, shift.view.units["X8001"]), 79)
    )
    assert "■accept ■run ■secure ■uncouple ■inspect ■place ○lift" in text


@given(st.lists(st.sampled_from(["done", "doing", "open", "later"]), max_size=12), st.integers(60, 90))
def test_a_long_chain_gives_up_the_words_of_what_is_done_first(states: list[str], width: int) -> None:
    steps = tuple(Step("waybill", state) for state in states)  # type: ignore[arg-type]
    text = "".join(part if isinstance(part, str) else part[0] for part in strip(steps, width))
    shown, _plus, more = text.partition("+")
    assert sum(shown.count(glyph) for glyph in "■▶○·") + int(more or 0) == len(steps)
    words = [part if isinstance(part, str) else part[0] for part in strip(steps, width)]
    if any(word == "·" for word in words):
        assert not any(word.startswith("■waybill") for word in words)


def test_a_consignment_that_holds_its_train_comes_first_and_says_so() -> None:
    shift = Shift(shipped("first-train"), 1, {"dispatch": "reference", "terminal": "reference"})
    while not shift.view.units["R1"].did("brake_short"):
        shift.advance(shift.now_s + 60)
        assert not shift.over
    rows = customs_rows(shift.view, 79)
    held = [item.key for item in rows if "HOLDS ITS TRAIN" in item.text]
    assert held
    assert held == [item.key for item in rows[: len(held)]]
    give(shift, f"release {held[-1]}")


# papers


VALUES = st.sampled_from(
    ["KTZU0061759 +2", "8517140000", "Poznan-Franowo", "Smartphones", "Loom Street Import S.A.", "19037"]
)


@st.composite
def sheet_of(draw: st.DrawFn) -> Sheet:
    return Sheet("note", "Note", {str(n): draw(VALUES) for n in range(draw(st.integers(1, 4)))})


@given(st.lists(sheet_of(), min_size=1, max_size=8), st.integers(0, 7), st.integers(24, 160))
def test_columns_share_the_room_never_overrun_it_and_keep_every_number_whole(
    sheets: list[Sheet], cursor: int, room: int
) -> None:
    cursor = min(cursor, len(sheets) - 1)
    first, end = in_sight(sheets, cursor, room)
    shown = sheets[first:end]
    widths = breadths(shown, room)
    assert first <= cursor < end
    assert sum(widths) <= room
    for sheet, width in zip(shown, widths, strict=True):
        assert width >= sheet.least
        for value in sheet.fields.values():
            lines = " ".join(wrap(value, width - 1))
            assert [word for word in value.split() if any(map(str.isdigit, word)) and word not in lines] == []


def test_what_several_documents_say_of_the_same_thing_comes_first() -> None:
    shift = one_train()
    papers = shift.view.papers("X8001-01")
    assert papers is not None
    fields = fields_of(sheets_of(papers))
    assert fields.index("gross_kg") < fields.index("consignor")


# messages


def test_messages_fold_what_repeats_and_keep_what_is_new() -> None:
    log = Messages(shipped("first-train"), mistakes=True)
    events = [Event(60, "offered", ("X1",)), *(Event(120 + n, "detained", ("X1-01",)) for n in range(3))]
    assert [item.text for item in log.rows(events, 60)] == [
        "10:01 X1 is offered by the neighbour",
        "10:02 X1-01 is detained (x3 since 10:02)",
    ]
    events.append(Event(180, "offered", ("X2",)))
    assert [item.text for item in log.rows(events, 60)][-1] == "10:03 X2 is offered by the neighbour"


def test_a_level_that_gives_no_feedback_does_not_tell_of_mistakes() -> None:
    events = [Event(60, "mistake", ("X1", "unsecured"))]
    assert Messages(shipped("first-train"), mistakes=False).rows(events, 60) == []
    assert "SAFETY" in Messages(shipped("first-train"), mistakes=True).rows(events, 60)[0].text


def test_long_messages_are_wrapped_not_cut() -> None:
    event = Event(60, "refused", ("dispatch", "depart R1", "no_line_here", "R1"))
    rows = Messages(shipped("first-train"), mistakes=True).rows([event], 40)
    assert len(rows) > 1
    assert "pull it to the station first" in " ".join(" ".join(item.text for item in rows).split())


# orders


@pytest.mark.parametrize("name", ["first-train", "fifty-five-minutes"])
def test_every_order_can_be_given_with_three_keys_once_its_object_is_chosen(name: str) -> None:
    for shift in well_played(name, 1_800):
        orders = list(all_orders(shift.view))
        reached: set[str] = set()
        for subject in [*(unit.id for unit in shift.view.units.values() if unit.gone_s is None), *shift.view.dossiers]:
            kinds = lettered(choices.kinds(shift, subject))  # enter opens these
            assert len({letter for letter, _ in kinds}) == len(kinds)
            for _, item in kinds:
                found = choices.orders_of(shift, item.key, subject)
                given = lettered(choices.entries(shift, found))
                assert " " not in [letter for letter, _ in given]
                reached.update(item.key for _, item in given)
        assert {order.text for order in orders} <= reached
        assert all(order_text(order, shift.level) for order in orders)


def test_what_is_kept_for_the_instructor_is_two_keys_away_and_shown_to_nobody_else() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    ready = {"inject rmg2-fails", "inject storm"}
    for instructor in (False, True):
        shift.instructor = instructor
        shown = ready if instructor else set()
        assert {order.text for order in choices.settable(shift) if order.verb == "inject"} == shown  # s opens these
        assert {order.text for order in choices.orders_here(shift) if order.verb == "inject"} == shown
        completed = {one.text for one in Completion(shift, []).meant("inject ")}
        assert {text for text in completed if text in ready} == shown


def test_a_menu_puts_what_would_be_accepted_before_what_would_be_refused() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    kinds = choices.kinds(shift, "X8001")
    assert kinds[0].key == "accept"
    assert [item.objection is None for item in kinds] == sorted(
        (item.objection is None for item in kinds), reverse=True
    )
    tracks = choices.entries(shift, choices.orders_of(shift, "accept", "X8001"))
    assert tracks[0].key == "accept X8001 N1"


def test_detaining_is_asked_twice_and_releasing_is_not() -> None:
    shift = one_train()
    assert choices.straight(choices.orders_of(shift, "release", "X8001-01"), "release")
    assert not choices.straight(choices.orders_of(shift, "detain", "X8001-01"), "detain")


def test_a_free_track_offers_the_trains_that_could_come_onto_it() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    assert choices.of_place(shift, "track:N2")[0].text == "accept X8001 N2"


def test_the_header_expects_by_the_timetable_and_not_by_what_is_hidden() -> None:
    level = shipped("fifty-five-minutes")
    train = next(train for train in level.trains if train.late is not None)
    seen = {upcoming(Shift(level, seed).view) for seed in range(5)}
    assert len(seen) == 1
    assert train.number not in str(seen)


def test_a_long_refusal_is_shown_whole_on_a_small_terminal() -> None:
    reason = "refused: depart R1: R1 does not stand where its line begins: pull it to the station first, then call a locomotive"
    rows = status_rows((reason, "bad"), Shift(shipped("first-train"), 1), None, 80, 2, Keyboard())
    assert " ".join(" ".join(item.text for item in rows).split()) == reason


# customs in depth


def test_the_risk_sheet_and_the_empty_place_of_a_licence_are_columns_where_the_level_has_rules_of_the_day() -> None:
    shift = Shift(shipped("paper-trail"), 1)
    for name, dossier in shift.view.dossiers.items():
        if dossier.lodged_s is None:
            continue
        papers = shift.view.papers(name)
        assert papers is not None
        sheets = {sheet.kind: sheet.fields for sheet in sheets_of(papers)}
        assert sheets["risk"]["registered"].startswith("2019-05-1")
        assert "licence" in sheets
    first = one_train().view.papers("X8001-01")
    assert first is not None
    assert "licence" not in {sheet.kind for sheet in sheets_of(first)}


def test_the_criteria_can_be_set_from_the_menu_of_a_consignment_only_where_the_level_lets_the_desk() -> None:
    shift = Shift(shipped("paper-trail"), 1)
    name = next(iter(shift.view.dossiers))
    items = {item.key: item for item in choices.kinds(shift, name)}
    assert items["select"].objection is None
    texts = [order.text for order in choices.orders_of(shift, "select", name)]
    assert "select chongqing red" in texts
    assert "select food yellow" not in texts, "it is set so already"
    assert set(texts) <= {order.text for order in all_orders(shift.view)}
    assert "select" not in {item.key for item in choices.kinds(one_train(), "X8001-01")}


def test_only_rules_that_can_be_broken_today_are_offered_for_a_finding() -> None:
    day = {item.key for item in choices.rules(Shift(shipped("paper-trail"), 1), "X8613-01", "note.hs", "invoice.hs")}
    other = {item.key for item in choices.rules(one_train(), "X8001-01", "note.hs", "invoice.hs")}
    assert day - other == {"licence", "duty", "danger", "concealed"}
    assert "undeclared" in other


def test_the_next_thing_expected_includes_a_rule_that_has_been_announced() -> None:
    shift = Shift(shipped("paper-trail"), 1)
    assert until(shift, "rule_told", "dual-use") == 9_000
    seen = set()
    while shift.now_s < 14_400:
        seen.add(upcoming(shift.view))
        shift.advance(shift.now_s + 60)
    assert (14_400, "rule dual-use counts") in seen


def test_messages_of_a_long_run_go_on_where_its_first_events_are_kept_no_longer() -> None:
    level = shipped("first-train")
    log = Messages(level, mistakes=True)
    told = [Event(t, "offered", (f"X{t}",)) for t in range(60, 1_260, 60)]
    log.rows(told[:10], 60, 10)
    rows = log.rows(told[15:], 60, 20)
    assert len(rows) == 10 + 5


@pytest.mark.parametrize("width", [40, 80])
def test_the_cranes_say_what_they_wait_for_until_a_train_stands_under_them(width: int) -> None:
    shift = one_train()
    waiting = " ".join(item.text for item in crane_rows(shift.view, width))
    assert "No train with containers to lift stands under the cranes" in " ".join(waiting.split())
    assert all(cell_len(item.text) <= width for item in crane_rows(shift.view, width))
    to_the_cranes(shift)
    assert "No train" not in " ".join(item.text for item in crane_rows(shift.view, width))


def test_what_the_desk_counts_is_never_cut_however_much_it_is() -> None:
    shift = Shift(shipped("a-million"), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    shift.advance(40 * 3_600)
    boxes = str(shift.view.out_boxes)
    for width in (80, 100, 120, 160):
        text = header_row(shift, Pace(lambda: 0.0, shift.now_s, 240, 240), width, running_on=False).text
        assert boxes in text.split(), text
        assert cell_len(text) <= width


def test_a_rake_that_the_shunter_pulls_lacks_no_order() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    shift.advance(60)
    states = {step.name: step.state for step in chain(shift.view, shift.view.units["E901"])}
    assert states["place"] == "open"
    give(shift, "move E901 PW3")
    seen = set()
    while shift.view.units["E901"].place != "PW3" or shift.view.units["E901"].moving:
        seen.add(next(step.state for step in chain(shift.view, shift.view.units["E901"]) if step.name == "place"))
        shift.advance(shift.now_s + 30)
    assert seen <= {"queued", "doing", "done"}
    assert "doing" in seen
    states = {step.name: step.state for step in chain(shift.view, shift.view.units["E901"])}
    assert states["place"] == "done"
