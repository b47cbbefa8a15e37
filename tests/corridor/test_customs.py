"""The customs desk: lanes, rungs, findings and their answers."""

from conftest import shipped
from helpers import give, refused, until

from corridor_tui.dispatcher.reading import clashes
from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift


def scripted(*consignments: dict[str, object]) -> Level:
    """First train with some consignments written by the instructor."""
    base = shipped("first-train")
    document = base.model_dump()
    document["trains"][0]["scripted"] = list(consignments)
    document["trains"][0]["flagged"] = 0
    document["customs"]["cases"] = {"errors": 0, "lookalikes": 0}
    return Level.model_validate(document)


def test_green_is_read_and_released_and_blue_is_released_at_once() -> None:
    shift = Shift(scripted({"number": 1, "lane": "green"}, {"number": 2, "lane": "blue"}), 1)
    give(shift, "release X8001-01", "release X8001-02")
    assert shift.view.dossiers["X8001-01"].state == "releasing"
    assert shift.view.dossiers["X8001-02"].state == "released"
    expected = shift.scenario.consignment("X8001-01").work.green_s
    assert until(shift, "released", "X8001-01") == 1 + expected


def test_yellow_needs_its_documents_checked_and_red_needs_to_be_opened() -> None:
    shift = Shift(scripted({"number": 1, "lane": "yellow"}, {"number": 2, "lane": "red"}), 1)
    assert "its documents must be checked first" in refused(shift, "release X8001-01")
    assert "scanned or opened first" in refused(shift, "release X8001-02")
    assert "there is no scanner here" in refused(shift, "scan X8001-02")
    assert "does not stand on one of our tracks yet" in refused(shift, "open X8001-02")
    give(shift, "check X8001-01")
    assert "wait for the officer" in refused(shift, "release X8001-01")
    until(shift, "done", "X8001-01", "check")
    give(shift, "release X8001-01")
    assert shift.view.dossiers["X8001-01"].state == "released"


def test_a_right_finding_is_upheld_and_corrected_and_then_the_consignment_can_go() -> None:
    error = {"number": 1, "lane": "yellow", "case": {"kind": "error", "family": "hs"}}
    shift = Shift(scripted(error), 1)
    papers = shift.view.papers("X8001-01")
    assert papers is not None
    (clash,) = clashes(papers)
    give(shift, "check X8001-01", f"find X8001-01 {clash.first} {clash.second} {clash.rule}")
    assert "waits for its answer" in refused(shift, "release X8001-01")
    until(shift, "settled", "X8001-01", "upheld")
    until(shift, "done", "X8001-01", "check")
    assert "not corrected yet" in refused(shift, "release X8001-01")
    found = next(event.t for event in shift.events if event.code == "found")
    assert until(shift, "corrected", "X8001-01") == found + shift.scenario.consignment("X8001-01").work.correct_s
    fresh = shift.view.papers("X8001-01")
    assert fresh is not None
    assert clashes(fresh) == ()
    give(shift, "release X8001-01")


def test_a_finding_on_a_look_alike_is_answered_and_falls() -> None:
    shift = Shift(scripted({"number": 1, "lane": "yellow", "case": {"kind": "lookalike", "family": "seal"}}), 1)
    give(shift, "find X8001-01 note.seal handover.seal seal")
    until(shift, "settled", "X8001-01", "answered")


def test_a_finding_can_be_withdrawn_and_its_answer_then_says_nothing() -> None:
    shift = Shift(scripted({"number": 1, "lane": "yellow", "case": {"kind": "error", "family": "seal"}}), 1)
    give(shift, "find X8001-01 note.seal handover.seal seal", "withdraw X8001-01")
    shift.advance(9_000)
    settled = [event.args[1] for event in shift.events if event.code == "settled"]
    assert settled == ["withdrawn"]


def test_a_finding_names_cells_that_are_there_and_a_rule_that_exists() -> None:
    shift = Shift(scripted({"number": 1, "lane": "yellow"}), 1)
    assert "no field `note.colour`" in refused(shift, "find X8001-01 note.colour note.seal seal")
    assert "no rule `colour`" in refused(shift, "find X8001-01 handover.seal note.seal colour")
    assert "two fields" in refused(shift, "find X8001-01 note.seal note.seal seal")


def test_an_offence_shows_when_it_is_opened_and_is_detained_for_good() -> None:
    offence = {"number": 1, "lane": "red", "case": {"kind": "offence", "family": "goods"}}
    shift = Shift(scripted(offence), 1)
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "open X8001-01")
    until(shift, "seen", "X8001-01", "open", "goods")
    give(shift, "detain X8001-01")
    assert "detained already" in refused(shift, "release X8001-01")


def test_a_lane_can_be_raised_by_the_desk_and_lowered_only_by_the_supervisor() -> None:
    shift = Shift(scripted({"number": 1, "lane": "green"}), 1)
    give(shift, "lane X8001-01 red risk")
    assert shift.view.dossiers["X8001-01"].lane == "red"
    give(shift, "lane X8001-01 green papers")
    assert shift.view.dossiers["X8001-01"].lane == "red"
    until(shift, "seen", "X8001-01", "supervisor:green")
    consents = shift.scenario.consignment("X8001-01").work.consents
    shift.advance(shift.now_s + 60)
    assert shift.view.dossiers["X8001-01"].lane == ("green" if consents else "red")


def test_paper_declarations_come_only_after_the_train() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1, {"dispatch": "reference"})
    arrived = until(shift, "arrived", "X8045")
    lodged = until(shift, "lodged", "X8045-01")
    assert lodged == arrived + shift.scenario.consignment("X8045-01").ready_s
    assert shift.view.dossiers["X8043-01"].lodged_s == 0
