"""An activity from its draft to what came of it: who may do what, and what becomes of its sessions."""

from __future__ import annotations

import pytest

from baixing.journal.models import Entry, name_of
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.network.models import Post
from baixing.notices.models import Notice
from baixing.programme import actions, queries
from baixing.programme.actions import Idea
from baixing.programme.models import Activity, Organiser
from baixing.programme.rules import LIFE, Standing
from baixing.schedule.actions import Need, Seat, cancel_session, change, check_in, sign_up
from tests.programme.stage import LATER, activity_in, again, draft, held, idea, published, sessions, sitting
from tests.schedule.stage import RESIDENTS, come, role
from tests.town import DAY, NINE, Town

#   state        the team's leader, the host's staff, the head of the city    min, wei, jin, the auditor
POWERS = {
    "draft": ("add_sessions change publish withdraw", ""),
    "published": ("add_sessions change tell_results", ""),  # a session is open: nothing can end yet
    "concluded": ("tell_results", ""),
    "withdrawn": ("", ""),
}


@pytest.mark.parametrize("state", POWERS)
def test_powers(town: Town, state: str) -> None:
    activity = activity_in(town, state)

    def powers(person: object) -> str:
        return " ".join(sorted(LIFE.powers(Standing(person, NINE), activity)))  # type: ignore[arg-type]  # of the town

    those, others = POWERS[state]
    assert {powers(one) for one in (town.luo, town.zhou, town.wu, town.gao)} == {those}
    assert {powers(one) for one in (town.min, town.wei, town.jin, town.shen)} == {others}


def test_a_draft_is_nobody_elses_business_and_what_is_published_is_everybodys(town: Town) -> None:
    hidden, shown = draft(town), published(town)

    assert set(queries.visible(None)) == {shown}
    assert set(queries.visible(Standing(town.jin, NINE))) == {shown}
    assert set(queries.visible(Standing(town.luo, NINE))) == {hidden, shown}
    assert set(queries.visible(Standing(town.gao, NINE))) == {hidden, shown}


def test_publishing_opens_its_sessions(town: Town) -> None:
    activity = draft(town, 0, 7)
    assert {session.state for session in sessions(activity)} == {"draft"}

    actions.publish(activity, by=town.luo, at=NINE)

    assert {session.state for session in sessions(activity)} == {"open"}
    assert come(sessions(activity)[1], town.jin).state == "confirmed"


def test_what_is_added_later_is_open_at_once(town: Town) -> None:
    activity = published(town)

    actions.add_sessions(activity, sitting(town, 14), by=town.zhou, at=NINE)

    assert [session.state for session in sessions(activity)] == ["open", "open"]


def test_nothing_is_published_without_a_time_and_a_place(town: Town) -> None:
    activity = actions.plan_activity(town.station, idea(), by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        actions.publish(activity, by=town.zhou, at=NINE)


def test_who_has_signed_up_is_told_before_an_activity_goes(town: Town) -> None:
    activity = published(town)

    with pytest.raises(NotNow):
        actions.withdraw(activity, by=town.zhou, at=NINE)
    cancel_session(sessions(activity)[0], words="下大雪", by=town.zhou, at=NINE)
    actions.withdraw(again(activity), by=town.zhou, at=NINE)

    assert again(activity).state == "withdrawn"


def test_it_ends_once_all_of_it_was_held(town: Town) -> None:
    activity = published(town)
    with pytest.raises(NotNow):
        actions.conclude(activity, by=town.zhou, at=NINE)

    held(town, activity)
    actions.conclude(activity, by=town.zhou, at=LATER)

    assert again(activity).state == "concluded"
    assert queries.heads_of(activity) == 1


def test_groups_are_counted_as_they_came_and_not_as_they_had_said(town: Town) -> None:
    activity = published(town)
    session = sessions(activity)[0]
    for name in ("河湾小学", "柳树村老年协会"):
        sign_up(Seat(role(session), party=name, headcount=9), by=town.zhou, at=NINE)
    check_in(session.signups.get(party="河湾小学"), way="roster", by=town.zhou, at=session.start, heads=7)
    held(town, activity)

    page = queries.activity_page(again(activity), None, LATER)

    assert (page.heads, page.parties) == (8, 1)


def test_a_stranger_plans_nothing_and_a_leader_only_with_their_own_team(town: Town) -> None:
    for person, team in ((town.jin, None), (town.luo, None), (town.luo, town.others), (town.min, town.plumbers)):
        with pytest.raises(NotAllowed):
            actions.plan_activity(town.station, idea(), team=team, by=person, at=NINE)

    assert actions.plan_activity(town.station, idea(), team=town.plumbers, by=town.luo, at=NINE).state == "draft"


def test_a_second_host_may_change_it_and_a_supporter_may_not(town: Town) -> None:
    he, wu = Standing(town.he, NINE), Standing(town.wu, NINE)
    together = Idea({"title": "义诊"}, [("host", town.county), ("supporter", town.institute)])

    activity = actions.plan_activity(town.city, together, by=town.gao, at=NINE)

    assert (he.puts_on(activity), wu.puts_on(activity)) == (True, False)
    assert set(queries.visible(he)) == {activity}
    assert set(queries.visible(wu)) == {activity}  # it is asked, so it may read what for


def test_each_unit_is_named_once(town: Town) -> None:
    twice = Idea({"title": "义诊"}, [("host", town.county), ("supporter", town.county)])
    itself = Idea({"title": "义诊"}, [("supporter", town.station)])

    for wrong in (twice, itself):
        with pytest.raises(Unfit):
            actions.plan_activity(town.station, wrong, by=town.zhou, at=NINE)


def test_a_change_keeps_who_puts_it_on_as_it_is_said_now(town: Town) -> None:
    activity = draft(town)
    actions.change_activity(activity, Idea({"title": "甲"}, [("organiser", town.county)]), by=town.luo, at=NINE)

    actions.change_activity(again(activity), Idea({"title": "乙"}, [("supporter", town.city)]), by=town.luo, at=NINE)

    rows = Organiser.objects.filter(activity=activity).values_list("unit", "kind")
    assert (again(activity).title, list(rows)) == ("乙", [(town.city.pk, "supporter")])


def test_of_two_who_change_it_at_once_one_is_told(town: Town) -> None:
    first, second = again(activity := draft(town)), again(activity)
    actions.change_activity(first, idea(title="甲"), by=town.luo, at=NINE)

    with pytest.raises(Overtaken):
        actions.change_activity(second, idea(title="乙"), by=town.zhou, at=NINE)

    assert again(activity).title == "甲"


def test_every_deed_is_a_line(town: Town) -> None:
    activity = activity_in(town, "concluded")
    actions.tell_results(activity, "来了三百人", by=town.zhou, at=LATER)

    verbs = [entry.verb for entry in Entry.objects.of(activity)]
    assert verbs == ["plan_activity", "add_sessions", "publish", "conclude", "tell_results"]


def test_a_leader_whose_team_was_handed_over_puts_it_on_no_more(town: Town) -> None:
    activity = draft(town)
    town.plumbers.leader = town.min
    town.plumbers.save(update_fields=["leader"])

    assert not Standing(town.luo, NINE).puts_on(again(activity))


def test_staff_whose_post_has_ended_put_it_on_no_more(town: Town) -> None:
    activity = draft(town)
    Post.objects.filter(person=town.zhou).update(until=NINE + DAY)

    assert Standing(town.zhou, NINE).puts_on(activity)
    assert not Standing(town.zhou, NINE + DAY).puts_on(activity)


def test_those_below_do_not_see_drafts_of_those_above(town: Town) -> None:
    actions.plan_activity(town.city, idea(), by=town.gao, at=NINE)

    assert not queries.visible(Standing(town.zhou, NINE)).exists()
    assert Activity.objects.count() == 1


def test_its_sessions_are_reworded_with_it_but_for_what_one_says_alone(town: Town) -> None:
    activity = published(town, 0, 7, 14)
    first, second, past = sessions(activity)
    change(second, {"words": "这一场只唱眉户"}, [Need(RESIDENTS, 30)], by=town.zhou, at=NINE)
    cancel_session(past, words="下雨", by=town.zhou, at=NINE)
    signup = come(first, town.jin)

    number = actions.change_activity(again(activity), idea(title="秦声夜场", words="秦腔折子戏"), by=town.luo, at=NINE)

    assert number == 2
    assert [(one.title, one.words) for one in sessions(activity)] == [
        ("秦声夜场", "秦腔折子戏"),
        ("秦声夜场", "这一场只唱眉户"),
        ("百姓大舞台", "唱秦腔，拉二胡"),
    ]
    ahead = Notice.objects.filter(thing=name_of(signup), kind__startswith="signup.reminder")
    assert [one.facts["title"] for one in ahead] == ["秦声夜场", "秦声夜场"]
    assert not Notice.objects.filter(thing=name_of(signup), kind="signup.moved").exists()


def test_a_change_of_its_units_alone_leaves_its_sessions(town: Town) -> None:
    activity = published(town)
    (session,) = sessions(activity)

    assert actions.change_activity(again(activity), idea(), by=town.zhou, at=NINE) == 0
    assert sessions(activity)[0].version == session.version
