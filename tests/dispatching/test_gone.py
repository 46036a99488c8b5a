"""Why a proposal was overtaken: kept as a code, said in the language of whoever reads it."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.utils.translation import override

from baixing.dispatching import actions
from baixing.dispatching.queries.gone import why
from baixing.dispatching.rules.whys import WORDS
from baixing.orders.models import Order
from baixing.orders.queries import barriers
from baixing.teams.models import Team
from tests.dispatching.stage import dispatcher, located, plan_of, proposal_for, waiting
from tests.town import DAY, NINE, Town

TODAY = NINE.date()
TONGUES = ("en", "zh-hans")
OF_NUMBERS = {"off_until", "week_full"}  # whose year or week nobody can read back from their words


@pytest.mark.django_db
@pytest.mark.parametrize(("confirmed", "read"), [TONGUES, TONGUES[::-1]])
def test_who_reads_it_reads_it_in_their_own_language(town: Town, confirmed: str, read: str) -> None:
    order, shi = waiting(town, located(town)[0], 1, 2), dispatcher(town)
    proposal = proposal_for(plan_of(town.institute, shi), order)
    Team.objects.update(on_duty=False, off_until=TODAY + 9 * DAY)

    with override(confirmed):
        said = actions.confirm_or_overtake(proposal, by=shi, at=NINE)
    kept = proposal_for(proposal.plan, order)

    with override(read):
        told = why(kept, TODAY)
    assert kept.why == {"code": "team", "barrier": {"code": "off_until", "day": "2026-03-14"}}
    assert {confirmed: said, read: told} == {
        "en": f"{kept.team} cannot be asked: is off duty until 14 March",
        "zh-hans": f"不能派给{kept.team}：3月14日 前暂不接单",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("confirmed", "read"), [TONGUES, TONGUES[::-1]])
def test_of_what_is_no_teams_fault_a_code_is_kept_too(town: Town, confirmed: str, read: str) -> None:
    village, shi = located(town)[0], dispatcher(town)
    changed, late, opened = (waiting(town, village, 1, 2) for _ in range(3))
    plan = plan_of(town.institute, shi)
    Order.objects.filter(pk=changed.pk).update(urgency="urgent")
    Order.objects.filter(pk=opened.pk).update(opened=True)
    plan.proposals.filter(order=late).update(day=TODAY - DAY)

    with override(confirmed):
        said = [
            actions.confirm_or_overtake(proposal_for(plan, one), by=shi, at=NINE) for one in (changed, late, opened)
        ]
    kept = [proposal_for(plan, one) for one in (changed, late, opened)]
    with override(read):
        told = [why(one, TODAY) for one in kept]

    assert [one.why for one in kept] == [{"code": code} for code in ("changed", "over", "elsewhere")]
    signs = {"en": ("changed since", "is over", "open to all"), "zh-hans": ("改", "已过", "放开")}
    for tongue, lines in ((confirmed, said), (read, told)):
        assert [sign for sign, line in zip(signs[tongue], lines, strict=True) if sign not in line] == []


@pytest.mark.parametrize("tongue", TONGUES)
def test_words_that_were_kept_before_are_read_back_as_codes(tongue: str) -> None:
    code_of = import_module("baixing.dispatching.migrations.0007_why_in_codes")._code
    told = [{"code": code} for code in WORDS]
    in_the_way = [{"code": code, "day": "2026-03-07"} if "day_" in code else {"code": code} for code in barriers.WORDS]

    with override(tongue):
        own = [code_of(str(WORDS[one["code"]]), None) for one in told]
        of_teams = [
            code_of(barriers.cannot_be_asked("水电：一队", barriers.said(one, TODAY)), "2026-03-07")
            for one in in_the_way
            if one["code"] not in OF_NUMBERS
        ]
        unknown = code_of("不能派给一队：每周最多上门 1 次，本周已满", "2026-03-07")

    assert own == told
    assert of_teams == [{"code": "team", "barrier": one} for one in in_the_way if one["code"] not in OF_NUMBERS]
    assert unknown == {"code": "said", "words": "不能派给一队：每周最多上门 1 次，本周已满"}
