"""Two at one moment: the last one of a contest, the jury, a promise. Each with what would be without its turn."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Event

import pytest
from django.db import connection

from baixing.journal.models import Entry
from baixing.people.models import Person
from baixing.programme import actions
from baixing.programme.actions import Entered, campaigns, contests
from baixing.programme.models import Campaign, Contest, Juror, Mark, Pledge, Work
from tests.kernel.threads import at_once
from tests.programme.matters import campaign
from tests.programme.works import CLOSES, LAST, contest, entered, judged
from tests.town import NINE, Town, build

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
PATIENCE = 20  # seconds


def kinds(found: Sequence[object]) -> list[str]:
    return sorted(type(one).__name__ for one in found)


def told() -> list[str]:
    """What was done, in the order in which it was written down."""
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def enter(of: Contest, by: Person, at: object) -> Work:
    said = {"title": "爷爷的算盘", "words": "记账从不差一分。", "maker": ""}
    return actions.enter_work(of, Entered(of.categories.all()[0], said), by=by, at=at)  # type: ignore[arg-type]  # a moment


def ready(town: Town) -> Contest:
    """A work is taken in and a juror is named: the jury may begin when the last moment has passed."""
    found = contest(town)
    actions.admit_work(entered(found, town.jin), by=town.zhou, at=NINE)
    actions.name_juror(found, town.luo, by=town.zhou, at=NINE)
    return Contest.objects.get()


class Gate:
    """A turn that is not taken: who asks for it waits until the other deed is done, and then goes on all the same."""

    def __init__(self) -> None:
        self.asked, self.done = Event(), Event()

    def open(self, *_asked: object, **_more: object) -> bool:
        self.asked.set()
        return self.done.wait(PATIENCE)

    def after(self, deed: Callable[[], object]) -> object:
        """Do it once somebody stands at the gate."""
        try:
            return self.asked.wait(PATIENCE) and deed()
        finally:
            self.done.set()


def test_at_the_last_moment_each_work_is_with_the_jury_or_is_not_entered() -> None:
    town = build()
    found = ready(town)
    people = [town.luo, town.min, town.wei, town.zhou, town.wu]

    begun, *_rest = at_once(
        partial(contests.begin_judging, Contest.objects.get(), by=town.zhou, at=CLOSES),
        *[partial(enter, found, person, LAST) for person in people],
        *[partial(enter, found, person, CLOSES) for person in people],
    )

    found.refresh_from_db()
    waiting = Work.objects.filter(state="entered").count()
    assert (found.state, bool(waiting)) in {("judging", False), ("open", True)}, begun
    assert found.entries == Work.objects.count() == 1 + waiting
    assert not Work.objects.filter(at__gte=CLOSES).exists()


def test_without_the_turn_a_work_comes_in_that_nobody_can_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the jury looks, a work comes in, the jury begins; each statement by itself."""
    town, gate = build(), Gate()
    found, step = ready(town), Contest.step

    def late(of: Contest, end: str, /, **changes: object) -> None:
        gate.open()
        step(of, end, **changes)

    monkeypatch.setattr(contests, "take_turn", lambda *_asked: True)
    monkeypatch.setattr(Contest, "step", late)
    at_once(
        partial(inspect.unwrap(contests.begin_judging), found, by=town.zhou, at=CLOSES),
        lambda: gate.after(partial(enter, found, town.wei, LAST)),
    )

    assert Contest.objects.get().state == "judging"
    assert Work.objects.filter(state="entered").count() == 1


def test_what_a_juror_does_twice_at_once_stays_as_it_was_handed_in() -> None:
    town = build()
    (juror,) = judged(town)
    work = Work.objects.select_related("contest__unit").get()
    actions.mark(work, juror, 5, by=town.luo, at=CLOSES)

    found = at_once(
        *[partial(actions.mark, work, juror, points, by=town.luo, at=CLOSES) for points in (1, 9, 10)],
        *[partial(actions.hand_in, juror, by=town.luo, at=CLOSES)] * 2,
    )

    lines = [verb for verb in told() if verb in {"mark", "hand_in"}]
    assert lines == ["mark"] * (len(lines) - 1) + ["hand_in"]
    assert kinds(found).count("NotNow") == 1 + 4 - (len(lines) - 1)
    assert (Mark.objects.count(), Juror.objects.exclude(handed_in_at=None).count()) == (1, 1)


def test_without_the_seat_points_change_after_they_were_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the juror marks on the one telephone and hands in on the other."""
    town, gate = build(), Gate()
    (juror,) = judged(town)
    work = Work.objects.select_related("contest__unit").get()
    actions.mark(work, juror, 5, by=town.luo, at=CLOSES)

    monkeypatch.setattr(contests, "take_seat", gate.open)
    at_once(
        partial(inspect.unwrap(actions.mark), work, juror, 10, by=town.luo, at=CLOSES),
        lambda: gate.after(partial(actions.hand_in, juror, by=town.luo, at=CLOSES)),
    )

    assert [verb for verb in told() if verb in {"mark", "hand_in"}] == ["mark", "hand_in", "mark"]
    assert Mark.objects.get().points == 10


def test_a_result_is_not_published_past_a_juror_and_who_leaves_takes_the_marks_along() -> None:
    town = build()
    luo, wei = judged(town, jurors=("luo", "wei"))
    work = Work.objects.select_related("contest__unit").get()
    actions.mark(work, luo, 9, by=town.luo, at=CLOSES)
    actions.hand_in(luo, by=town.luo, at=CLOSES)

    found = at_once(
        partial(actions.mark, work, wei, 3, by=town.wei, at=CLOSES),
        partial(actions.drop_juror, wei, by=town.zhou, at=CLOSES),
        partial(actions.announce, Contest.objects.get(), {work.pk: "first"}, by=town.zhou, at=CLOSES),
    )

    lines = told()
    assert set(kinds(found)) <= {"NoneType", "NotNow"}
    assert [one.person for one in Juror.objects.all()] == [town.luo]
    assert [one.points for one in Mark.objects.all()] == [9]
    assert "announce" not in lines or lines.index("drop_juror") < lines.index("announce")


def test_without_the_seat_a_mark_falls_into_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the juror is taken out while they mark."""
    town, gate = build(), Gate()
    (wei,) = judged(town, jurors=("wei",))
    work = Work.objects.select_related("contest__unit").get()
    turns = iter([gate.open, contests.take_seat])

    def next_one(juror: Juror) -> bool:
        return next(turns)(juror)

    monkeypatch.setattr(contests, "take_seat", next_one)
    found = at_once(
        partial(inspect.unwrap(actions.mark), work, wei, 3, by=town.wei, at=CLOSES),
        lambda: gate.after(partial(actions.drop_juror, Juror.objects.get(), by=town.zhou, at=CLOSES)),
    )

    assert "IntegrityError" in kinds(found)


@pytest.fixture
def without_uniqueness(transactional_db: None) -> Iterator[None]:
    (rule,) = [one for one in Pledge._meta.constraints if one.name == "one_promise_a_holder"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Pledge, rule)
    yield
    Pledge.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Pledge, rule)


def promise_at_once(town: Town, number: int = 6) -> Sequence[object]:
    found = campaign(town)
    return at_once(*[partial(actions.pledge, found, "household", by=town.jin, at=NINE)] * number)


def test_of_one_household_at_six_telephones_one_promise_counts() -> None:
    found = promise_at_once(build())

    assert kinds(found) == ["NotNow"] * 5 + ["Pledge"]
    assert Pledge.objects.count() == told().count("pledge") == 1


@pytest.mark.usefixtures("without_uniqueness")
def test_without_the_rule_of_the_database_six_would_count() -> None:
    assert kinds(promise_at_once(build())) == ["Pledge"] * 6


def test_nobody_promises_what_is_closed() -> None:
    town = build()
    found = campaign(town)
    people = [town.jin, town.luo, town.min, town.wei]

    at_once(
        *[partial(actions.pledge, found, "person", by=person, at=NINE) for person in people[:2]],
        partial(actions.close_campaign, Campaign.objects.get(), by=town.he, at=NINE),
        *[partial(actions.pledge, found, "person", by=person, at=NINE) for person in people[2:]],
    )

    closed = Campaign.objects.get().state == "closed"
    lines = [verb for verb in told() if verb in {"pledge", "close_campaign"}]
    assert lines == ["pledge"] * Pledge.objects.count() + ["close_campaign"] * closed


def test_without_the_turn_somebody_promises_what_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the page was opened while the campaign ran."""
    town, gate = build(), Gate()
    found = campaign(town)

    monkeypatch.setattr(campaigns, "take_turn", gate.open)
    at_once(
        partial(inspect.unwrap(actions.pledge), found, "person", by=town.jin, at=NINE),
        lambda: gate.after(partial(actions.close_campaign, Campaign.objects.get(), by=town.he, at=NINE)),
    )

    assert [verb for verb in told() if verb in {"pledge", "close_campaign"}] == ["close_campaign", "pledge"]
