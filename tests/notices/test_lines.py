"""Lines to providers: when one rests, what it holds up and what not, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from baixing.notices import actions, queries
from baixing.notices.actions import Delivered, deliver, deliver_channel
from baixing.notices.channels import Fate
from baixing.notices.models import Choice, Line, Outgoing, Subscription
from baixing.people.models import Person
from tests.notices.conftest import AT, PHONES
from tests.notices.fakes import FakeProvider
from tests.town import NINE, Town
from tests.web import Web as Page

Provider = type[FakeProvider]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def tell(*people: Person, names: str = "A") -> None:
    for name in names:
        actions.tell(people, "lamp.lit", at=AT, name=name)


def tries() -> int:
    return sum(Outgoing.objects.values_list("tries", flat=True))


@pytest.fixture
def away(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    monkeypatch.setattr(provider, "away", True)
    return provider


def crowd(size: int) -> list[Person]:
    return [Person.objects.create(name="众", phone=f"+86139{number:08}", made_at=AT) for number in range(size)]


@pytest.mark.django_db
def test_after_three_failures_a_line_is_tried_once_a_minute(away: Provider) -> None:
    tell(*crowd(20))

    for second in range(0, 180, 6):
        deliver(AT + timedelta(seconds=second))

    assert tries() == 3 + 2  # three at once, then one in each of the two minutes that follow


@pytest.mark.django_db
def test_a_line_that_never_rested_would_ask_as_often_as_it_looks(
    away: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without the rest each of the twenty is tried."""
    monkeypatch.setattr("baixing.notices.rules.FAILURES", 1_000)
    tell(*crowd(20))

    for second in range(0, 180, 6):
        deliver(AT + timedelta(seconds=second))

    assert tries() > 20


@pytest.mark.django_db
def test_when_the_provider_answers_again_all_go_at_once(away: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(*crowd(20))
    for second in range(0, 60, 2):
        deliver(AT + timedelta(seconds=second))
    monkeypatch.setattr(away, "away", False)

    assert deliver(AT + 2 * MINUTE) == Delivered(sent=20)
    assert list(Line.objects.values_list("failures", "since", "rests_until")) == [(0, None, None)]


@pytest.mark.django_db
def test_a_browser_maker_that_is_away_holds_up_no_other(jin: Person, away: Provider) -> None:
    """Each service is a line of its own: one pass tries both."""
    for host in ("a.example", "b.example"):
        said = {"browser": host, "host": host, "sealed": "{}", "found": host, "made_at": AT}
        Subscription.objects.create(person=jin, **said)
    tell(jin)

    deliver_channel("push", AT)

    assert list(Line.objects.order_by("host").values_list("host", "failures")) == [("a.example", 1), ("b.example", 1)]


@pytest.mark.django_db
def test_a_provider_whose_code_breaks_loses_nothing(jin: Person, settings: Settings) -> None:
    settings.SMS_PROVIDER = f"{__name__}.Junk"
    tell(jin)

    assert deliver(AT) == Delivered(failed=1)
    assert Outgoing.objects.values_list("state", "fault").get() == ("waiting", "the provider gave no outcome")


class Junk:
    def send(self, _message: object) -> str:
        return "sent, I think"


def test_a_number_that_is_gone_is_left_alone_until_it_is_chosen_again(
    jin: Person, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "never_to", PHONES[0])
    monkeypatch.setattr(provider, "fate", Fate.GONE)
    tell(jin, names="AB")

    assert deliver(AT) == Delivered(failed=1, dropped=1)
    assert Choice.objects.values_list("channel", "on", "refused_at").get() == ("sms", True, AT)
    assert "The address was refused" not in Page(jin).get("/notices/choices/")
    assert "Address refused" in Page(jin).get("/notices/choices/")
    Page(jin).post("/notices/choices/sms/", on="on")
    assert [way.state for way in queries.ways(jin, AT) if way.channel == "sms"] == ["on"]


@pytest.mark.django_db
def test_the_staff_see_a_line_that_fails_and_residents_do_not(town: Town) -> None:
    Line.objects.create(channel="sms", failures=9, since=NINE - HOUR, why="TimeoutError")

    shown = [Page(person).get("/notices/") for person in (town.zhou, town.jin)]

    assert ["Text message: nothing gets through since" in page for page in shown] == [True, False]


@pytest.mark.django_db
def test_a_short_failure_alarms_nobody(away: Provider) -> None:
    tell(*crowd(3))
    for minute in range(4):
        deliver(AT + minute * MINUTE)

    assert [len(queries.down(AT + after * MINUTE)) for after in (4, 5)] == [0, 1]


def test_what_came_too_late_is_said_to_the_person_and_to_the_staff(jin: Person, away: Provider) -> None:
    tell(jin, names="AB")
    actions.send_code(jin.phone, "code", "code-1", AT)
    deliver(AT)

    assert deliver(AT + 13 * HOUR) == Delivered(dropped=3)

    said = [line for line in queries.alarms(AT + 13 * HOUR) if "过去一天" in line]
    assert said == ["短信：过去一天有 2 条因太晚没有发出，本人可在“我的通知”里看到。"]
    assert queries.dropped(AT + 2 * DAY) == {}
    assert "Text message: came too late and was not sent" in Page(jin).get("/notices/")
