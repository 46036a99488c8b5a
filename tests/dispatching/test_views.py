"""The dispatcher's desk as people use it, with and without a script."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from baixing.dispatching.actions.making import work
from baixing.dispatching.models import Automatic, Plan, Policy, Proposal
from baixing.dispatching.queries.policies import weights_of
from baixing.orders.models import Offer
from tests.access.plans import accepted, changing, made, reckoned
from tests.dispatching.stage import dispatcher, located, plan_of, waiting
from tests.town import NINE, Town
from tests.web import Web

SOLVERS = (
    "import sys; import baixing.wsgi; from django.urls import get_resolver; get_resolver().url_patterns; print(%s)"
)
LOADED = "sorted({'ortools', 'scipy', 'numpy', 'baixing.dispatching.actions.making'} & set(sys.modules))"


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.django_db
def test_from_asking_to_the_offer(town: Town) -> None:
    order = waiting(town, located(town)[0], 1, 2)
    web, desk = Web(dispatcher(town)), reverse("dispatching:desk", args=[town.institute.pk])

    web.post(reverse("dispatching:ask", args=[town.institute.pk]))
    waits = web.get(desk)
    work(lambda: NINE)
    proposal = Proposal.objects.get(order=order)
    there = web.get(f"{desk}?proposal={proposal.pk}")
    web.post(reverse("dispatching:confirm", args=[proposal.pk]), version=proposal.version)

    signs = ('hx-trigger="every 1s"', 'content="2"', "the first day that suits")
    assert [[sign in page for sign in signs] for page in (waits, there)] == [[True, True, False], [False, False, True]]
    assert Offer.objects.get(order=order).team_id == proposal.team_id
    assert "Dealt with" in web.get(desk)
    assert "<svg" in web.get(reverse("dispatching:map", args=[town.institute.pk]))


@pytest.mark.django_db
def test_a_change_says_at_once_what_it_costs(town: Town) -> None:
    order = waiting(town, located(town)[0], 1, 2)
    web, desk = Web(dispatcher(town)), reverse("dispatching:desk", args=[town.institute.pk])
    web.post(reverse("dispatching:ask", args=[town.institute.pk]))
    work(lambda: NINE)
    proposal = Proposal.objects.get(order=order)
    own, other = proposal.choices[:2]

    said = web.get(f"{desk}?proposal={proposal.pk}")
    change = reverse("dispatching:change", args=[proposal.pk])
    wrong = web.post(change, team="x", version=proposal.version)
    web.post(change, team=other["team"], version=proposal.version)

    assert f"as much as {rounded(other['extra'] / proposal.plan.policy['km'])} km more" in said
    assert f"{rounded(other['km'] - own['km'])} km farther" in said
    assert (wrong.status_code, Proposal.objects.get(pk=proposal.pk).team_id) == (422, other["team"])


def rounded(km: float) -> str:
    return f"{km:.0f}" if km >= 10 else f"{km:.1f}".removesuffix(".0")


@pytest.mark.django_db
def test_the_head_of_the_city_sets_the_weights_within_bounds(town: Town) -> None:
    web, page = Web(town.gao), reverse("dispatching:policy")
    good = {
        "km": 10,
        "wait": 9,
        "fair": 0,
        "unserved": 8000,
        "stranger": 0,
        "tongue": 0,
        "changed": 300,
        "road": 140,
        "speed": 30,
        "notice": 2,
        "version": 0,
    }

    bad = web.post(page, **{**good, "road": 20})
    set_ = web.post(page, **good)
    again = web.post(page, **{**good, "wait": 7})

    assert (bad.status_code, set_.status_code, again.status_code) == (422, 302, 409)
    assert (weights_of(town.station)["wait"], Policy.objects.get().version) == (9, 1)


@pytest.mark.django_db
def test_a_head_switches_automatic_dispatch(town: Town) -> None:
    web, switch = Web(town.gao), reverse("dispatching:switch", args=[town.institute.pk])

    web.post(switch, on="1")
    stale = web.post(switch, on="0", version=7)
    web.post(switch, on="0", version=1)

    assert stale.status_code == 409
    assert (Automatic.objects.get().on, Plan.objects.count()) == (False, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "stop", "gaps"), [("en", ".", {" "}), ("zh-hans", "。", {""})])
def test_between_two_sentences_stands_what_their_language_has_there(
    town: Town, language: str, stop: str, gaps: set[str]
) -> None:
    shi, order = dispatcher(town), waiting(town, located(town)[0])
    plan = plan_of(town.institute, shi)
    desk = f"{reverse('dispatching:desk', args=[town.institute.pk])}?proposal={plan.proposals.get(order=order).pk}"
    web = Web(town.gao)
    web.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    pages = [web.get(desk)]
    web.post(reverse("dispatching:switch", args=[town.institute.pk]), on="1")
    pages += [web.get(desk), web.get(reverse("dispatching:what_if", args=[reckoned(town).pk]))]

    said = re.findall(r"(?s)<p[ >](?:(?!<a\b|<button|</p>).)*</p>", "".join(pages))
    lines = [re.sub("<[^>]*>", "", line).strip() for line in said]
    found = [re.findall(rf"(?<!\d){re.escape(stop)}(\s*)(?=[^\s\d])", line) for line in lines]
    assert {re.sub(r"\s+", " ", gap) for line in found for gap in line} == gaps
    assert sum(map(len, found)) > 8


@pytest.mark.django_db
def test_each_change_of_a_promise_is_a_tap_of_its_own(town: Town) -> None:
    plan = made(town)
    waits, taken = (changing(plan, accepted(town, answered=answered), town) for answered in (False, True))
    web, desk = Web(town.shi), reverse("dispatching:desk", args=[town.station.pk])

    pages = [web.get(f"{desk}?proposal={one.pk}") for one in (waits, taken)]
    web.post(reverse("dispatching:confirm_all", args=[plan.pk]))
    web.post(reverse("dispatching:ask_back", args=[taken.pk]), version=taken.version)
    web.post(reverse("dispatching:confirm", args=[waits.pk]), version=waits.version)
    web.post(reverse("dispatching:ask", args=[town.station.pk]), moves="1")

    signs = ("Offer this one", "Change the promise and offer", "Ask its team to give it back", "7 km of road")
    assert [[sign in page for sign in signs] for page in pages] == [
        [False, True, False, True],
        [False, False, True, True],
    ]
    assert [Proposal.objects.get(pk=one.pk).state for one in (waits, taken)] == ["offered", "asked_back"]
    assert Plan.objects.latest("pk").moves


def test_the_web_loads_no_solver() -> None:
    found = subprocess.run([sys.executable, "-c", SOLVERS % LOADED], capture_output=True, text=True, check=True)
    worker = SOLVERS % f"__import__('baixing.dispatching.actions.making') and {LOADED}"
    control = subprocess.run([sys.executable, "-c", worker], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
    assert "numpy" in control.stdout
