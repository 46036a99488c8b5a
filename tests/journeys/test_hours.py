"""From the public page to a certificate that a stranger checks: a family, a helper, a leader, and those who credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import time_machine
from icalendar import Calendar
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from baixing.hours.models import Certificate, HoursClaim, HoursEntry
from baixing.hours.rules import ledger
from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.credentials import offline
from baixing.notices.models import Notice
from baixing.people.models import Guardianship, Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Session, Signup
from baixing.schedule.rules import codes
from tests.browser import PHONE
from tests.journeys.people import Cast, Somebody
from tests.schedule.stage import RESIDENTS, VOLUNTEERS
from tests.town import DAY, HOUR, Town, build

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Cast]:
    settings.PUBLIC_URL = "https://civic.example"
    cast = Cast(browser, live_server.url, build(), "zh-hans", PHONE)
    yield cast
    for context in cast.contexts:
        context.close()


def planned(town: Town) -> Session:
    """The morning after tomorrow, whatever the hour is now."""
    start = datetime.combine(now().astimezone(LOCAL).date() + 2 * DAY, time(10), LOCAL)
    needs, facts = (Need(RESIDENTS, 5), Need(VOLUNTEERS, 2)), {"public": True, "place": "文化广场"}
    held = Planned("activity", "百姓大舞台", town.station, start, start + 2 * HOUR, needs=needs, facts=facts)
    session = actions.plan(held, by=town.zhou, at=now())
    actions.open(session, by=town.zhou, at=now())
    return session


def child_of(town: Town) -> Person:
    """Ten years old, with an account of their own; 金 is the guardian."""
    child = Person.objects.create(name="金童", born=now().date() - 3650 * DAY, made_at=now())
    bond = {"ward": child, "guardian": town.jin, "asked_at": now(), "confirmed_at": now()}
    Guardianship.objects.create(**bond, phone="", phone_index="")
    return child


def sign_up(one: Somebody, session: Session, side: str, *who: Person) -> None:
    one.page.goto(f"{one.server}/sessions/{session.pk}/")
    role = session.roles.get(side=side)
    one.page.locator(f'#sign-up [name=role][value="{role.pk}"]').check()
    for box in one.page.locator("#sign-up [name=who][type=checkbox]").all():
        box.set_checked(box.get_attribute("value") in {str(person.pk) for person in who})
    one.tap("#sign-up button.btn-main")


def hold_phone_to_the_screen(one: Somebody, session: Session, direction: str) -> None:
    """What a camera reads from the code: the address that stands in it."""
    one.go(f"/sessions/{session.pk}/here/?{urlencode({'code': codes.code_of(session.pk, direction, now())})}")
    one.tap("main form .btn-main")


def states(session: Session) -> list[str]:
    return sorted(Signup.objects.filter(session=session).values_list("state", flat=True))


def served(cast: Cast, session: Session, helper: str, *, script: bool = True) -> None:
    """The helper comes and goes by the code; 周 reports it and checks the hours, 吴 credits them."""
    with time_machine.travel(session.start - 10 * MINUTE):
        one = cast.enter(helper, script=script)
        hold_phone_to_the_screen(one, session, codes.IN)
    with time_machine.travel(session.end - 5 * MINUTE):
        hold_phone_to_the_screen(one, session, codes.OUT)
    with time_machine.travel(session.end + 5 * MINUTE):
        clerk, second = cast.enter("zhou", script=script), cast.enter("wu", script=script)
        clerk.go(f"/sessions/{session.pk}/closing/")
        clerk.tap(f'main form[action="/sessions/{session.pk}/closing/report/"] .btn-main')
        claim = HoursClaim.objects.get(session=session)
        for somebody, verb in ((clerk, "review"), (second, "credit")):
            somebody.go("/hours/claims/")
            somebody.tap(f'main a[href="/hours/claims/{claim.pk}/"]')
            somebody.tap(f'main form[action="/hours/claims/{claim.pk}/{verb}/"] button')


def certified(cast: Cast, session: Session, helper: str) -> tuple[Somebody, Certificate]:
    """Asked for, on show for a week, issued by a second person."""
    with time_machine.travel(session.end + DAY):
        one = cast.enter(helper)
        one.go("/hours/")
        one.tap('main form[action="/hours/certificates/draft/"] button')
        certificate = Certificate.objects.get()
        _decide(cast.enter("he"), certificate, "publicise")
    with time_machine.travel(session.end + 9 * DAY):
        _decide(cast.enter("gao"), certificate, "issue")
        one = cast.enter(helper)
        one.go(f"/hours/certificates/{certificate.pk}/")
    certificate.refresh_from_db()
    return one, certificate


def _decide(one: Somebody, certificate: Certificate, verb: str) -> None:
    one.go("/hours/certificates/")
    one.tap(f'main a[href="/hours/certificates/{certificate.pk}/"]')
    one.tap(f'main form[action="/hours/certificates/{certificate.pk}/{verb}/"] button')


def test_a_family_comes_and_its_helper_gets_a_certificate(cast: Cast, tmp_path: Path) -> None:
    town, session = cast.town, planned(cast.town)
    child, jin, min_ = child_of(town), cast.enter("jin"), cast.enter("min")
    day = f"{session.start.astimezone(LOCAL):%F}"

    jin.go(f"/whats-on/?day={day}")
    jin.tap(f'main a[href="/sessions/{session.pk}/"]')
    sign_up(jin, session, RESIDENTS, town.jin, child)
    sign_up(min_, session, VOLUNTEERS, town.min)
    assert states(session) == ["confirmed"] * 3
    file = jin.page.context.request.get(f"{cast.server}/sessions/{session.pk}/calendar.ics")
    assert [str(event["summary"]) for event in Calendar.from_ical(file.text()).walk("VEVENT")] == ["百姓大舞台"]

    with time_machine.travel(session.start - 10 * MINUTE):
        jin = cast.enter("jin")
        hold_phone_to_the_screen(jin, session, codes.IN)
        assert Notice.objects.filter(person=town.jin, kind__startswith="signup.reminder").exists()
    with time_machine.travel(session.end - 5 * MINUTE):
        hold_phone_to_the_screen(jin, session, codes.OUT)
    served(cast, session, "min")
    helper, certificate = certified(cast, session, "min")

    assert (states(session), certificate.minutes) == (["attended"] * 3, HoursEntry.objects.get().minutes)
    _anybody_can_check_it(cast, helper, certificate, tmp_path)
    assert cast.faults() == ""


def _anybody_can_check_it(cast: Cast, helper: Somebody, certificate: Certificate, folder: Path) -> None:
    """A stranger on the public page, and whoever has the two files without our server."""
    stranger = cast._at_a_browser()
    stranger.go(f"/verify/{certificate.code}/")
    assert "这份证明是真的" in stranger.text()
    with time_machine.travel(now() + 12 * DAY):
        for path in ("/hours/ledger.json", f"/hours/certificates/{certificate.pk}/file.json"):
            answer = helper.page.context.request.get(f"{cast.server}{path}")
            file = folder / path.strip("/").replace("/", "-")
            file.write_bytes(answer.body())
            assert ledger.main([str(file)]) == 0, path
            file.write_bytes(re.sub(rb'("minutes": ?\d*)\d', rb"\g<1>9", answer.body(), count=1))
            assert ledger.main([str(file)]) == 1, path
    _a_third_party_verifies_the_credential(stranger, helper, certificate, folder)


def _a_third_party_verifies_the_credential(
    stranger: Somebody, helper: Somebody, certificate: Certificate, folder: Path
) -> None:
    """The helper hands over a file; its key and the list of what was revoked are anybody's; no server is asked."""
    files = {
        "credential.json": (helper, f"/hours/certificates/{certificate.pk}/credential.json"),
        "did.json": (stranger, "/.well-known/did.json"),
        "list.json": (stranger, "/credentials/revoked/0/"),
    }
    with time_machine.travel(now() + 12 * DAY):
        for name, (one, path) in files.items():
            (folder / name).write_bytes(one.page.context.request.get(f"{helper.server}{path}").body())
        said = [str(folder / "credential.json"), "--did", str(folder / "did.json")]
        assert offline.main([*said, "--status", str(folder / "list.json")], clock=now) == 0
        altered = (folder / "credential.json").read_text().replace(certificate.number, f"{certificate.number}1", 1)
        (folder / "credential.json").write_text(altered)
        assert offline.main(said, clock=now) == 1


def test_without_script_a_helper_comes_by_hours(cast: Cast) -> None:
    session = planned(cast.town)
    sign_up(cast.enter("min", script=False), session, VOLUNTEERS, cast.town.min)

    served(cast, session, "min", script=False)

    assert [line.minutes in range(120, 126) for line in HoursEntry.objects.all()] == [True]
    assert cast.faults() == ""


def test_a_child_signs_up_and_the_guardian_says_yes_and_takes_them_home(cast: Cast) -> None:
    session, child = planned(cast.town), child_of(cast.town)
    actions.sign_up(actions.Seat(session.roles.get(side=RESIDENTS), child), by=child, at=now())
    signup, guardian = Signup.objects.get(), cast.enter("jin")

    guardian.go("/today/")
    guardian.go("/signups/")
    guardian.tap(f'main a[href="/signups/{signup.pk}/"]')
    assert states(session) == ["awaiting_guardian"]
    guardian.tap(f'main form[action="/signups/{signup.pk}/allow/"] button')
    with time_machine.travel(session.start - 10 * MINUTE):
        guardian = cast.enter("jin")
        hold_phone_to_the_screen(guardian, session, codes.IN)
        assert states(session) == ["checked_in"]
    with time_machine.travel(session.end - 5 * MINUTE):
        guardian.go(f"/sessions/{session.pk}/")
        hold_phone_to_the_screen(guardian, session, codes.OUT)

    assert states(session) == ["attended"]
    assert cast.faults() == ""
