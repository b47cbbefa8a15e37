"""No sheet betrays a fault alone; and the eye of a simulated officer is measured as it is."""

import math
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from statistics import fmean, variance

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.values import Document, Papers
from corridor_tui.scoring.detection import Share, alarmed, found
from corridor_tui.scoring.gather import gather
from corridor_tui.session.shift import Shift

Features = dict[str, float]


SPECIAL: dict[str, object] = {"cargo": {"danger_share": 0.2, "reefer_share": 0.2}}
FOR_THE_ZONE: dict[str, object] = {"road": {}}
OF_THE_DAY: dict[str, object] = {
    "rules": [
        {"id": "dual", "title": "Need a licence", "goods": ["laptops", "phones", "panels", "clothing"], "digits": 6, "effective": "12:00"},
        {"id": "bar", "title": "May not enter", "goods": ["tyres"], "digits": 6, "needs": "barred", "effective": "12:00"},
    ]
}  # fmt: skip
_LOCAL = [{"regime": "import", "share": 0.3}, {"regime": "bonded", "share": 0.15}]


def calibrated(more: dict[str, object] | None = None, **shares: float) -> Level:
    """The thousandth train's level with its cases by chance, and many of them; with dangerous goods and reefers, or with a
    road, where `more` has such tables, or with its rules of the day. Container numbers have no errors: a wrong check digit
    is the one fault that by its nature shows on one sheet.
    """
    tables = dict(more or {})
    rules = tables.pop("rules", ())
    document = shipped("fifty-five-minutes").model_dump() | tables
    document["customs"]["cases"] = {**shares, "shares": {"container": 0.0}}
    document["customs"]["rules"] = rules
    for train in document["trains"]:
        train["regimes"] = _LOCAL if document["road"] is not None and train["kind"] == "container" else ()
    return Level.model_validate(document)


# the classifier: logistic regression by stochastic gradient descent


_WORDS = ("goods", "hs", "consignee", "station", "form", "terms", "needs", "type", "also", "consignor", "range_usd_kg",
          "danger", "un", "proper_name", "class", "group", "marks", "placard", "temperature", "procedure")  # fmt: skip


def numbers(document: Document) -> Iterator[tuple[str, float]]:
    """The figures on one sheet: masses, counts, values, prices, and how many containers it names."""
    for name, value in document.fields:
        head = value.removeprefix("USD ").removeprefix("CNY ").partition(" ")[0]
        if name in (
            "gross_kg",
            "net_kg",
            "tare_kg",
            "covers_kg",
            "packages",
            "value",
            "usd_per_kg",
            "rate",
            "containers_of",
            "duty",
            "paid",
            "covers",
        ):
            yield name, math.log(float(head))
        elif name == "containers":
            yield name, math.log(1 + int(value.partition("+")[2] or 0))


def of_one_sheet(document: Document) -> Features:
    """What can be told from one sheet without looking at any other: words, figures, their ratios, the days between its dates."""
    kind, features = document.kind, Features()
    figures = list(numbers(document))
    days = [
        (name, date.fromisoformat(value)) for name, value in document.fields if name in ("issued", "expires", "date")
    ]
    for name, value in document.fields:
        features[f"{kind}.{name}"] = 1.0
        features[f"{kind}.{name} long"] = (len(value) - 12) / 12
        if name in _WORDS:
            features[f"{kind}.{name}={value}"] = 1.0
        if name == "packages":
            features[f"{kind}.{name}={value.partition(' ')[2]}"] = 1.0
    for place, (name, figure) in enumerate(figures):
        features[f"{kind}.{name} figure"] = (figure - 8) / 4
        for other, more in figures[place + 1 :]:
            features[f"{kind}.{name}/{other}"] = (figure - more) / 4
    for place, (name, day) in enumerate(days):
        for other, later in days[place + 1 :]:
            features[f"{kind}.{name}..{other}"] = (later - day).days / 100
    return features


SOMETIMES_THERE = ("certificate", "licence", "danger", "payment", "guarantee", "warehouse", "reseal")


def of_sheets_apart(papers: Papers) -> Features:
    """The features of every sheet by itself. That a sheet is not there is no feature: no sheet tells it."""
    merged = {"bias": 1.0}
    for document in papers.documents:
        told = of_one_sheet(document)
        if document.kind in SOMETIMES_THERE:
            told = {name: value for name, value in told.items() if value != 1.0 or "=" in name}
        merged |= told
    return merged


def of_sheets_together(papers: Papers) -> Features:
    """A few comparisons between sheets, to show that the classifier learns where there is something to learn."""
    features = {"bias": 1.0}
    for name in ("gross_kg", "packages", "hs", "consignee", "station", "seal", "containers", "also"):
        values = {dict(document.fields)[name][:6] for document in papers.documents if name in dict(document.fields)}
        features[f"{name} differs"] = float(len(values) > 1)
    return features


class Regression:
    """Logistic regression over sparse features."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}

    def score(self, features: Features) -> float:
        return sum(self.weights.get(name, 0.0) * value for name, value in features.items())

    def train(self, rows: list[tuple[Features, bool]], epochs: int, rate: float, shrink: float) -> None:
        order, draws = list(range(len(rows))), Random(1)
        for epoch in range(epochs):
            draws.shuffle(order)
            step = rate / (1 + epoch)
            for place in order:
                features, faulty = rows[place]
                z = max(-30.0, min(30.0, self.score(features)))
                error = faulty - 1 / (1 + math.exp(-z))
                for name, value in features.items():
                    weight = self.weights.get(name, 0.0)
                    self.weights[name] = weight + step * (error * value - shrink * weight)


def auc(scored: list[tuple[float, bool]]) -> tuple[float, float]:
    """The area under the curve, and the half width of its 95 % interval (Hanley and McNeil)."""
    ranked = sorted(scored)
    total, place, n1 = 0.0, 0, sum(faulty for _, faulty in ranked)
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        total += sum(faulty for _, faulty in ranked[place:end]) * (place + end + 1) / 2
        place = end
    n0 = len(ranked) - n1
    area = (total - n1 * (n1 + 1) / 2) / (n1 * n0)
    q1, q2 = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (n1 - 1) * (q1 - area**2) + (n0 - 1) * (q2 - area**2)
    return area, 1.96 * math.sqrt(spread / (n1 * n0))


def generated(level: Level, count: int, seed: int = 0) -> list[tuple[Papers, bool]]:
    """Papers as they are lodged, from a seed on, seed after seed, and whether they are faulty."""
    rows: list[tuple[Papers, bool]] = []
    while len(rows) < count:
        scenario = resolve(level, seed)
        for train in ("X8041", "X8043", "X8045"):
            for item in scenario.consignments(train):
                truth = scenario.truth(item.id)
                faulty = truth is not None and truth.kind != "lookalike"
                rows.append((scenario.papers(item.id, corrected=False), faulty))
        seed += 1
    return rows[:count]


_MIXES: dict[str, dict[str, object]] = {
    "plain": {},
    "dangerous goods and reefers": SPECIAL,
    "for the zone": FOR_THE_ZONE,
    "rules of the day": OF_THE_DAY,
    "all together": SPECIAL | FOR_THE_ZONE | OF_THE_DAY,
}


def learned(
    rows: list[tuple[Papers, bool]], told: Callable[[Papers], Features], rate: float, shrink: float
) -> tuple[float, float]:
    """What a classifier that learned on half of some papers tells of the others: the area under its curve, and its error."""
    half, model = len(rows) // 2, Regression()
    model.train([(told(papers), faulty) for papers, faulty in rows[:half]], 8, rate, shrink)
    return auc([(model.score(told(papers)), faulty) for papers, faulty in rows[half:]])


@pytest.mark.parametrize(
    ("count", "seeds"), [(1_500, (0,)), pytest.param(5_000, (0, 5_000, 10_000, 15_000), marks=pytest.mark.full)]
)
@pytest.mark.parametrize("more", _MIXES.values(), ids=_MIXES)
def test_a_classifier_that_sees_each_sheet_alone_learns_nothing(
    more: dict[str, object], count: int, seeds: tuple[int, ...]
) -> None:
    """Of four samples that have nothing to do with each other the mean, whose error is half of theirs."""
    level = calibrated(more, error_share=0.42, offence_share=0.08, lookalike_share=0.15)
    areas = []
    for seed in seeds:
        rows = generated(level, count, seed)
        assert 0.4 < sum(faulty for _, faulty in rows) / count < 0.6
        areas.append(learned(rows, of_sheets_apart, 0.02, 0.002))
        area, error = learned(rows, of_sheets_together, 0.1, 0.0)
        assert area - error > 0.65, "it does learn from sheets laid side by side"
    area = sum(area for area, _ in areas) / len(areas)
    error = math.sqrt(sum(error**2 for _, error in areas)) / len(areas)
    assert area - error <= 0.5 <= area + error, areas


@pytest.mark.parametrize("count", [4_000, pytest.param(20_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("more", _MIXES.values(), ids=_MIXES)
def test_each_sheet_lies_as_often_in_faulty_papers_as_in_sound_ones(more: dict[str, object], count: int) -> None:
    """What errors take away is put in elsewhere; three standard errors, for some twenty sheets."""
    level = calibrated(more, error_share=0.42, offence_share=0.08, lookalike_share=0.15)
    rows = generated(level, count, 20_000)
    sizes = [sum(faulty == side for _, faulty in rows) for side in (False, True)]
    for sheet in SOMETIMES_THERE:
        there = [(any(one.kind == sheet for one in papers.documents), faulty) for papers, faulty in rows]
        sound, odd = (sum(is_there for is_there, faulty in there if faulty == side) for side in (False, True))
        mean = (sound + odd) / count
        error = math.sqrt(mean * (1 - mean) * (1 / sizes[0] + 1 / sizes[1]))
        assert abs(sound / sizes[0] - odd / sizes[1]) <= 3 * error, sheet


@pytest.mark.parametrize("count", [4_000, pytest.param(20_000, marks=pytest.mark.full)])
def test_certificates_and_licences_lie_as_often_in_faulty_papers_where_most_errors_are_about_them(count: int) -> None:
    """The same where nine errors of ten take such a sheet away or spoil it, so that the hand of chance is small."""
    level = calibrated(OF_THE_DAY, error_share=0.42, offence_share=0.0, lookalike_share=0.15)
    document = level.model_dump()
    document["customs"]["cases"]["shares"] |= {"certificate": 500.0, "licence": 500.0}
    rows = generated(Level.model_validate(document), count, 40_000)
    sizes = [sum(faulty == side for _, faulty in rows) for side in (False, True)]
    for sheet in ("certificate", "licence"):
        held = [
            sum(any(one.kind == sheet for one in papers.documents) for papers, f in rows if f == s)
            for s in (False, True)
        ]
        mean = sum(held) / count
        error = math.sqrt(mean * (1 - mean) * (1 / sizes[0] + 1 / sizes[1]))
        assert abs(held[0] / sizes[0] - held[1] / sizes[1]) <= 3 * error, sheet


@pytest.mark.parametrize("count", [4_000, pytest.param(20_000, marks=pytest.mark.full)])
def test_certificates_and_what_secures_duties_are_for_as_much_in_faulty_papers_where_most_errors_are_about_them(
    count: int,
) -> None:
    """What is for too little in some faulty papers is made up for in others; three standard errors of the mean logarithm."""
    level = calibrated(SPECIAL | FOR_THE_ZONE, error_share=0.42, offence_share=0.0, lookalike_share=0.15)
    document = level.model_dump()
    document["customs"]["cases"]["shares"] |= {"certificate": 500.0, "duty": 500.0}
    rows = generated(Level.model_validate(document), count, 60_000)
    for cell in ("certificate.covers_kg", "payment.paid", "guarantee.covers"):
        sides: tuple[list[float], list[float]] = ([], [])
        for papers, faulty in rows:
            if (told := papers.value(cell)) is not None:
                sides[faulty].append(math.log(float(told.removeprefix("USD "))))
        assert min(len(side) for side in sides) > 500
        error = math.sqrt(sum(variance(side) / len(side) for side in sides))
        assert abs(fmean(sides[0]) - fmean(sides[1])) <= 3 * error, cell


def test_the_area_under_the_curve_is_that_of_a_case_worked_by_hand() -> None:
    # three of the four pairs of a faulty and a sound one are in the right order
    area, error = auc([(0.1, False), (0.4, True), (0.5, False), (0.9, True)])
    assert area == 0.75
    assert error > 0.3


# the officers


def officers_shift(level: Level, seed: int, hit: float, false_alarm: float) -> tuple[Share, Share]:
    """A shift of an officer who sees every fault with one chance and takes sound papers for faulty with another."""
    shift, draws = Shift(level, seed), Random(seed)
    shift.advance(1)
    for name in list(shift.view.dossiers):
        truth = shift.scenario.truth(name)
        faulty = truth is not None and truth.kind != "lookalike"
        if faulty and truth is not None and draws.random() < hit:
            first, second, rule = _reason(shift, name)
            assert shift.order(f"find {name} {first} {second} {rule}").accepted
        elif not faulty and draws.random() < false_alarm:
            assert shift.order(f"find {name} note.gross_kg declaration.gross_kg mass").accepted
        else:
            assert shift.order(f"release {name}").accepted
    shift.close()
    record = gather(level, shift.events, shift.scenario)
    return found(record), alarmed(record)


def _reason(shift: Shift, name: str) -> tuple[str, str, str]:
    from corridor_tui.dispatcher.reading import clashes

    papers = shift.view.papers(name)
    assert papers is not None
    clash = clashes(papers)[0]
    return clash.first, clash.second, clash.rule


@pytest.mark.parametrize(("hit", "false_alarm"), [(0.9, 0.05), (0.6, 0.2), (0.3, 0.5)])
@pytest.mark.parametrize("classes", [20, pytest.param(150, marks=pytest.mark.full)])
def test_officers_with_known_rates_are_recovered_within_the_stated_error(
    hit: float, false_alarm: float, classes: int
) -> None:
    """A class is six shifts of one officer; the stated interval is to hold the true rate in 95 classes of 100."""
    level = variant(
        shipped("first-train"),
        customs__lanes={"green": 1.0, "yellow": 0.0, "blue": 0.0, "red": 0.0},
        customs__cases={"error_share": 0.4, "lookalike_share": 0.2},
        customs__officers=100,
        trains__0__consignments=30,
        trains__0__flagged=None,
        shift__overtime_min=0.0,
    )
    inside, whole = {hit: 0, false_alarm: 0}, {hit: Share(0, 0), false_alarm: Share(0, 0)}
    for number in range(classes):
        shares = {hit: Share(0, 0), false_alarm: Share(0, 0)}
        for seed in range(6 * number, 6 * number + 6):
            hits, alarms = officers_shift(level, seed, hit, false_alarm)
            shares = {hit: shares[hit] + hits, false_alarm: shares[false_alarm] + alarms}
        assert shares[hit].of + shares[false_alarm].of == 30 * 6
        for rate, share in shares.items():
            low, high = share.interval
            inside[rate] += low <= rate <= high
            whole[rate] += share
    for rate, count in inside.items():
        assert count / classes >= 0.85 if classes == 20 else 0.91 <= count / classes <= 0.99
        assert whole[rate].value == pytest.approx(rate, abs=0.04 if classes == 20 else 0.015)


def test_the_error_of_a_share_is_that_of_wilsons_interval() -> None:
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)  # the textbook's example
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)
