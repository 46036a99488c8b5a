from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baixing.kernel.once import new_key
from baixing.people.models import Person
from baixing.teams import actions
from baixing.teams.models import Licence, LicenceKind, Membership, Team
from tests.people.door import PHONES, known
from tests.teams.web import Web
from tests.town import NINE, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]
TYPED = {"name": "柳树维修队", "about": "修水管", "reach": "1", "day_capacity": "2", "week_capacity": "5"}
PAPER = {"number": "T620402199901", "holder": "罗师傅", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}


def typed(town: Town, **more: object) -> dict[str, object]:
    return TYPED | {"skills": [town.tap_repair.skill_id]} | more


def plumbers(town: Town, path: str = "") -> str:
    return f"/teams/{town.plumbers.pk}/{path}"


def test_who_is_in_charge_reads_which_licences_run_out_first(town: Town) -> None:
    kind = LicenceKind.objects.create(slug="electrician", name="电工证")
    for team, days in ((town.plumbers, 40), (town.others, 20)):
        Licence.objects.create(team=team, kind=kind, valid_from=NINE, valid_until=NINE + timedelta(days=days))
    Licence.objects.create(team=town.others, kind=kind, valid_from=NINE, valid_until=NINE + timedelta(days=61))

    above, here = Web(town.he).get("/licences/ending/"), Web(town.zhou).get("/licences/ending/")

    assert re.findall("河湾水电队|铜城水电队", above) == ["河湾水电队", "铜城水电队"]
    assert re.findall("河湾水电队|铜城水电队", here) == ["铜城水电队"]


def test_anybody_finds_a_team_and_reads_of_it(town: Town) -> None:
    listed, page = Web().get("/teams/?q=铜城"), Web().get(plumbers(town))

    assert "铜城水电队" in listed
    assert "河湾水电队" not in listed
    assert "Plumbing" in page
    assert f'href="/units/{town.station.pk}/"' in page
    assert town.luo.name not in re.sub(r"luo\w", "", page)


def test_a_team_says_what_its_people_speak_and_its_page_tells(town: Town) -> None:
    web = Web(town.luo)
    said = typed(town, speaks=["陇中方言", "手语"], version=1)

    kept, wrong = web.post(plumbers(town, "edit/"), **said), web.post(plumbers(town, "edit/"), **said | {"speaks": "x"})

    assert (kept.status_code, wrong.status_code) == (302, 422)
    assert Team.objects.get(pk=town.plumbers.pk).speeches == ["陇中方言", "手语"]
    assert "陇中方言、手语" in Web().get(plumbers(town))


@pytest.mark.parametrize(
    "asked",
    ["unit=0", "unit=x", "unit=99999999999999999999", "skill=nope", "page=999", "q=%F0%9F%98%80", "q=" + "水" * 500],
)
def test_whatever_is_asked_of_the_list_there_is_an_answer(town: Town, asked: str) -> None:
    Web().get(f"/teams/?{asked}")


def test_leader_is_named_to_the_team_and_masked_to_others(town: Town) -> None:
    Person.objects.filter(pk=town.luo.pk).update(name="罗师傅")

    pages = [Web(person).get(plumbers(town)) for person in (town.min, town.zhou, town.luo, town.wei, None)]

    assert ["罗师傅" in page for page in pages] == [True, True, True, False, False]
    assert ["罗*" in page for page in pages] == [False, False, False, True, True]


def test_stranger_signs_in_before_applying(town: Town) -> None:
    answer = Web().post(plumbers(town, "apply/"))

    assert answer.headers["Location"].startswith("/in/")


def test_applicant_is_admitted_on_the_page_of_members(town: Town) -> None:
    wei, luo = Web(town.wei), Web(town.luo)
    wei.post(plumbers(town, "apply/"))
    assert "Waiting for an answer" in luo.get(plumbers(town, "members/"))

    luo.do(Membership.objects.waiting().get(), "admit")

    assert Membership.objects.get(person=town.wei).state == "member"
    assert re.search(r"BY2026\d{8}", wei.get("/teams/mine/"))


def test_applying_twice_with_one_form_is_applying_once(town: Town) -> None:
    web, key = Web(town.wei), new_key()

    answers = [web.client.post(plumbers(town, "apply/"), {"key": key}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Membership.objects.waiting().count() == 1


def test_refusing_without_words_shows_the_page_again(town: Town) -> None:
    waiting = actions.apply_to(town.plumbers, by=town.wei, at=NINE)

    answer = Web(town.luo).do(waiting, "refuse", words=" ")

    assert answer.status_code == 422
    assert Membership.objects.get(pk=waiting.pk).state == "applied"


@pytest.mark.parametrize(("verb", "who"), [("remove", "luo"), ("leave", "min")])
def test_member_goes(town: Town, verb: str, who: str) -> None:
    member = Membership.objects.get(person=town.min)

    answer = Web(getattr(town, who)).do(member, verb, words="搬走了")

    assert answer.status_code == 302
    assert Membership.objects.get(pk=member.pk).state == "left"


def test_page_that_was_overtaken_says_so(town: Town) -> None:
    waiting = actions.apply_to(town.plumbers, by=town.wei, at=NINE)
    luo = Web(town.luo)
    actions.withdraw(Membership.objects.get(pk=waiting.pk), by=town.wei, at=NINE)

    answer = luo.post(f"/memberships/{waiting.pk}/admit/", version=1)

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("who", "status"), [("wei", 404), ("jin", 404), ("shi", 404), ("min", 403), ("zhou", 403), ("luo", 302)]
)
def test_members_are_removed_by_whom_the_rules_say(town: Town, who: str, status: int) -> None:
    member = Membership.objects.get(person=town.min)

    answer = Web(getattr(town, who)).do(member, "remove", words="三次未到")

    assert answer.status_code == status


@pytest.mark.parametrize(("who", "status"), [("luo", 200), ("min", 200), ("zhou", 200), ("shi", 404), ("wei", 404)])
def test_members_are_seen_by_the_team_and_those_in_charge(town: Town, who: str, status: int) -> None:
    Web(getattr(town, who)).get(plumbers(town, "members/"), status)


@pytest.mark.parametrize("path", ["edit/", "hand-over/"])
@pytest.mark.parametrize(("who", "status"), [("luo", 200), ("zhou", 200), ("min", 403), ("wei", 403)])
def test_team_is_kept_by_its_keepers(town: Town, path: str, who: str, status: int) -> None:
    Web(getattr(town, who)).get(plumbers(town, path), status)


def test_team_is_founded_by_staff_for_somebody_who_has_signed_in(town: Town) -> None:
    zhou, leader = Web(town.zhou), known("唐师傅", PHONES[1])
    address = f"/teams/found/?unit={town.station.pk}"

    unknown = zhou.post(address, **typed(town, leader_name="唐师傅", leader_phone=PHONES[2]))
    founded = zhou.post(address, **typed(town, leader_name="唐师傅", leader_phone=PHONES[1]))

    assert (unknown.status_code, "柳树维修队" in unknown.content.decode()) == (422, True)
    assert founded.headers["Location"] == f"/teams/{Team.objects.get(leader=leader).pk}/"


@pytest.mark.parametrize(("who", "status"), [("zhou", 200), ("he", 200), ("luo", 403), ("shi", 403)])
def test_founding_is_for_those_in_charge_of_the_unit(town: Town, who: str, status: int) -> None:
    Web(getattr(town, who)).get(f"/teams/found/?unit={town.station.pk}", status)


def test_founding_without_an_office_is_nowhere(town: Town) -> None:
    Web(town.wei).get("/teams/found/", 404)
    Web(town.zhou).get("/teams/found/")


def test_name_that_is_taken_is_said_at_the_field(town: Town) -> None:
    actions.found(town.station, actions.TeamFacts("柳树维修队"), town.wei, by=town.zhou, at=NINE)

    answer = Web(town.luo).post(plumbers(town, "edit/"), version=1, **typed(town))

    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_both_versions_are_shown_when_somebody_else_changed_the_team(town: Town) -> None:
    Web(town.zhou).post(plumbers(town, "edit/"), version=1, **typed(town, about="上门修水电"))

    answer = Web(town.luo).post(plumbers(town, "edit/"), version=1, **typed(town))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "上门修水电" in page
    assert "修水管" in page
    assert 'name="version" value="2"' in page


def test_mending_a_fault_does_not_hide_a_race(town: Town) -> None:
    Web(town.zhou).post(plumbers(town, "edit/"), version=1, **typed(town))

    page = Web(town.luo).post(plumbers(town, "edit/"), version=1, **typed(town, week_capacity="1"))

    assert page.status_code == 422
    assert 'name="version" value="1"' in page.content.decode()


def test_leader_goes_off_duty_hands_over_and_stays(town: Town) -> None:
    luo = Web(town.luo)

    luo.post(plumbers(town, "duty/"), on="0")
    luo.post(plumbers(town, "hand-over/"), to=town.min.pk)

    team = Team.objects.get(pk=town.plumbers.pk)
    assert (team.on_duty, team.leader) == (False, town.min)
    assert "Leave the team" in luo.get(plumbers(town))


def test_staff_close_a_team_and_reopen_it(town: Town) -> None:
    zhou = Web(town.zhou)

    silent = zhou.post(plumbers(town, "close/"), words="")
    zhou.post(plumbers(town, "close/"), words="队员搬走了")
    seen = Client().get(plumbers(town)).status_code
    zhou.post(plumbers(town, "reopen/"))

    assert (silent.status_code, seen) == (422, 404)
    assert Team.objects.get(pk=town.plumbers.pk).active


def test_paper_is_written_down_and_ended(town: Town) -> None:
    kind, zhou = LicenceKind.objects.create(slug="electrician", name="电工证"), Web(town.zhou)

    upside_down = zhou.post(plumbers(town, "licences/add/"), kind=kind.pk, **PAPER | {"valid_until": "2025-12-31"})
    zhou.post(plumbers(town, "licences/add/"), kind=kind.pk, **PAPER)
    licence = Licence.objects.get()
    late = zhou.post(f"/licences/{licence.pk}/end/", last_day="2027-05-01")
    zhou.post(f"/licences/{licence.pk}/end/", last_day="2026-03-04")

    assert (upside_down.status_code, late.status_code) == (422, 422)
    assert "Expired" in zhou.get(plumbers(town, "licences/"))
    assert "T620402199901" not in Web().get(plumbers(town, "licences/"))


@pytest.mark.parametrize("path", ["edit/", "members/", "hand-over/"])
def test_pages_of_keepers_are_for_the_signed_in(town: Town, path: str) -> None:
    Web().get(plumbers(town, path), 302)


@pytest.mark.parametrize("verb", ["apply", "duty", "close", "reopen", "licences/add"])
def test_verbs_are_posted(town: Town, verb: str) -> None:
    Web(town.zhou).get(plumbers(town, f"{verb}/"), 405)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("who", "path", "queries"),
    [("wei", "/teams/", 10), ("luo", "/teams/mine/", 10), ("luo", "members/", 5), ("zhou", "licences/", 8)],
)
def test_lists_ask_the_database_the_same_however_long(town: Town, rows: int, who: str, path: str, queries: int) -> None:
    _add(town, rows)
    web = Web(getattr(town, who))

    with CaptureQueriesContext(connection) as asked:
        web.get(path if path.startswith("/") else plumbers(town, path))

    assert len(asked) == queries


def _add(town: Town, rows: int) -> None:
    """So many teams that luo leads, people in one of them, those who wait, and papers."""
    kind = LicenceKind.objects.create(slug="electrician", name="电工证")
    for row in range(rows):
        actions.found(town.station, actions.TeamFacts(f"队{row}"), town.luo, by=town.zhou, at=NINE)
        actions.apply_to(town.plumbers, by=_person(row), at=NINE)
        member = actions.apply_to(town.plumbers, by=_person(100 + row), at=NINE)
        actions.admit(member, by=town.luo, at=NINE)
        Licence.objects.create(team=town.plumbers, kind=kind, valid_from=NINE, valid_until=NINE)


def _person(number: int) -> Person:
    return Person.objects.create(name=f"人{number}", made_at=NINE)
