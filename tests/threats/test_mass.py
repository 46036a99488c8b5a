"""Fields that no form has, sent along with those that it has: they do nothing, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.forms import BaseForm, BaseModelForm
from django.test import Client
from django.urls import reverse

from baixing.kernel.seal import blind
from baixing.orders.models import Order, Rating
from baixing.people.models import Person
from baixing.teams.models import Skill
from tests.access.forms import Form, forms_of
from tests.access.policies import POLICIES
from tests.access.test_bad_input import BY, PAGES
from tests.access.world import World
from tests.asked import Asked
from tests.hours.test_transfers import SYSTEM
from tests.threats.rows import READING_WRITES, Rows, rows
from tests.town import NINE, VISIT, Town

ENDS: Final = {"/out/", "/me/erase/", "/me/sessions/others/"}  # after these the walk would be over
# sign-ins end the walk; a sign-up, a sheet and a device get a code or a secret by chance
APART: Final = ("/me/sessions/", "/come/", "/sign-up/", "/guest/", "/walk-in/", "/sheets/", "/tablets/", "/door/")
# a digest of all that was sent; a code by chance; marks by chance
KEPT: Final = READING_WRITES | {"kernel_oncekey", "notices_demomessage", "kernel_change"}
WORDS: Final = "2"
FITTING: Final = {  # what fits where any word would be refused; a page's own values come first
    **dict.fromkeys(("phone", "leader_phone"), "12800000009"),  # wei's
    **dict.fromkeys(("min_age", "max_age", "name_en", "gist_en", "parts_note"), ""),
    **dict.fromkeys(("minutes", "people", "lead_days", "day_capacity", "week_capacity"), "9"),
    **dict.fromkeys(("first", "last", "last_day"), "2026-04-06"),
    **dict.fromkeys(("urgent", "normal", "planned"), "24"),
    "born": "19500305",
    "on": "2026-03-01",
    "valid_from": "2026-03-01",
    "valid_until": "2027-03-01",
    "since": "21:00",
    "until": "07:00",
    "slug": "water",
    "pairs": "水=自来水",
    "four": "1234",
    "number": "A1",
    "lat": "34.2",
    "lon": "108.9",
}
ALONE: Final = dict.fromkeys(("hosts", "organisers", "supporters"), "")
NONE: Final = dict.fromkeys(("age_from", "age_to", "role_2", "seats_2", "least_2", "role_3", "seats_3", "least_3"), "")
SITTING: Final = {
    **NONE,
    **dict.fromkeys(("last", "link", "signup_until", "role_1", "seats_1", "least_1"), ""),
    **dict.fromkeys(("apart", "until", "count", "left_out"), ""),
    "day": "2026-03-09",
    "begins": "19:00",
    "ends": "21:00",
    "seats": "20",
}
FITTING_AT: Final = {
    "/notices/choices/email/": {"address": "jin@example.org"},
    "/units/4/add/": {"code": "610101001"},
    "/activities/plan/": ALONE,
    "/activities/1/change/": ALONE,
    "/activities/1/stops/add/": {"stops": "2026-04-05 09:30 柳树村", "hours": "2", "seats": "9"},
    "/activity-lists/add/": {"target": "9"},
    "/programme/quotas/": dict.fromkeys(("t1-p1", "t2-p1", "t3-p1", "t4-p1"), "4"),
    "/units/4/venues/add/": dict.fromkeys((f"hours_{day}" for day in range(7)), "8:30-12:00"),
    "/venues/1/spaces/add/": {"capacity": "9"},
    "/spaces/1/book/": {
        **dict.fromkeys(("apart", "until", "count", "left_out"), ""),
        "day": "2026-03-09",
        "start": "10:00",
        "end": "11:00",
        "headcount": "9",
    },
    "/sessions/plan/unit/4/": SITTING,
    "/sessions/plan/team/1/": SITTING,
    "/sessions/4/change/": {**NONE, "last": "", "link": "", "signup_until": ""},
    "/works/2/mark/": {"points": "9"},
    "/dispatch/units/4/what-if/ask/": {
        **dict.fromkeys(("away", "more_1_home", "more_2_home", "hours_1_team", "hours_2_team"), ""),
        **dict.fromkeys(("hours_1_a_day", "hours_1_a_week", "hours_2_a_day", "hours_2_a_week"), ""),
        "wait": "9",
    },
    "/hours/transfers/system/": {"code": "further", "public_key": SYSTEM},
}
OURS: Final = ("orders", "people", "network", "teams", "schedule")
ROOM: Final = 195  # more fields than these are refused at once, those of the form among them
WEI: Final = {"/units/4/posts/", "/posts/1/deputy/", "/posts/1/leave/", "/teams/found/?unit=1"}  # they name somebody
REFUSED: Final = {  # for more than words is asked: a browser's own answer, a file, a code on paper, nothing open
    *("/me/factors/passkey/", "/units/4/lists/people/", "/track/", "/recover/", "/find/", "/teams/1/close/"),
    "/units/4/move/",
    "/activities/1/photos/add/",
    # lines that somebody has objected to and asked to correct, a transfer without a signature, a day that is over
    *("/hours/entries/1/object/", "/hours/entries/1/correct/", "/hours/transfers/in/", "/hours/transfers/2/agree/"),
    # one that was put on show by the same person, days of a series, a session that lacks nobody
    *("/hours/certificates/2/issue/", "/activities/1/sessions/add/", "/sessions/4/refill/"),
    *("/sessions/6/roster/3/in/", "/sessions/6/scan/read/", "/sessions/6/closing/3/left/"),
    *("/campaigns/1/tallies/tell/", "/contests/add/", "/contests/1/jury/", "/contests/2/judge/hand-in/"),
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def extra(form: Form) -> dict[str, str]:
    """The columns of what belongs to people and their work, by both their names, that this form does not ask for."""
    ours = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    columns = [name for model in ours for field in model._meta.concrete_fields for name in (field.attname, field.name)]
    asked = {*form.typed, *form.hidden, *form.chosen, "next", "language", "theme", "on", "item", "files"}
    asked |= {"address"} if form.action.startswith("/notices/choices/") else set()  # one form for each way, asks for it
    more = ("is_staff", "is_superuser", "role", "posts", "pk", "_method", "owner", "owner_id", "state")
    return dict.fromkeys(
        [name for name in dict.fromkeys((*more, *columns)) if name not in asked][: ROOM - len(asked)], WORDS
    )


def effect(client: Client, address: str, said: dict[str, str]) -> tuple[int, str, Rows]:
    """What sending this does, as the tables that it wrote to stand then; it is taken back."""
    mark = transaction.savepoint()
    with Asked() as asked:
        answer = client.post(address, said)
    done = rows(plain=True, tables=asked.written - KEPT)
    transaction.savepoint_rollback(mark)
    return answer.status_code, answer.headers.get("Location", ""), done


def filled_in(form: Form, address: str) -> dict[str, str]:
    """As somebody would who wants it to be taken."""
    typed = {name: FITTING.get(name, "水") for name in form.typed}
    there = {name: value for name, value in form.untouched if value.strip()}
    if address in WEI:
        wei = Person.objects.filter(phone_index=blind(f"+86{FITTING['phone']}")).values_list("name", flat=True).get()
        typed["leader_name" if "leader_name" in typed else "name"] = wei
    skill = {"skill": str(Skill.objects.values_list("pk", flat=True)[0])} if form.chosen.get("skill") == "" else {}
    return {**typed, **form.chosen, **skill, **there, **FITTING_AT.get(address, {}), **form.hidden}


def compared(client: Client, page: str, form: Form) -> bool:
    """Did the form do something? With more fields it did the same."""
    said = filled_in(form, form.action or page)
    plain = effect(client, form.action or page, said)
    with_more = effect(client, form.action or page, {**extra(form), **said})
    assert with_more[:2] == plain[:2], (page, form.action)
    assert with_more[2] == plain[2], (page, form.action)
    return plain[0] == 302


@pytest.mark.parametrize("part", range(4))
def test_more_fields_than_a_form_has_do_nothing(world: World, part: int) -> None:
    done, refused = 0, set[str]()
    for name in PAGES[part::4]:
        policy = POLICIES[name]
        who = next((role for role in BY if role in policy.near), "shen")
        page = reverse(name, kwargs=policy.arguments(world.near))
        client = world.client(who)
        read = client.get(page, follow=True)
        if "html" not in read.headers["Content-Type"]:
            continue
        for form in forms_of(read.content.decode())[-6:]:  # the first are those of the frame, the same on every page
            if form.action not in ENDS and not any(part in form.action for part in APART):
                did = compared(client, page, form)
                done, refused = done + did, refused | (set() if did else {form.action or page})

    assert done > 0, "no form of these pages did anything"
    assert refused <= REFUSED, "what is refused says nothing of what it would have taken"


@pytest.mark.parametrize("state", ["placed", "pending", "accepted", "served"])
def test_more_fields_than_a_verb_has_do_nothing(town: Town, state: str) -> None:
    order = town.order_in(state)
    done = 0
    for person in (town.zhou, town.jin, town.luo):
        client = Client()
        client.force_login(person)
        page = f"/orders/{order.pk}/"
        for form in forms_of(client.get(page).content.decode()):
            if form.action.startswith(page):
                done += compared(client, page, form)

    assert done > 0


def test_of_two_values_for_one_field_one_counts(town: Town) -> None:
    order = town.order_in("served")
    client = Client()
    client.force_login(town.jin)

    with time_machine.travel(VISIT.end, tick=False):
        said = {"key": "0" * 32, "version": [str(order.version), "1"], "face": ["bad", "good"], "solved": "yes"}
        answer = client.post(f"/orders/{order.pk}/rate/", said)
        assert answer.status_code == 409  # the last of the versions counts, and it is a stale one
        answer = client.post(f"/orders/{order.pk}/rate/", {**said, "version": ["1", str(order.version)]})

    assert answer.status_code == 302
    assert [(one.face, one.round) for one in Rating.objects.all()] == [("good", 1)]
    assert Order.objects.get().state == "closed"


def test_no_form_is_made_of_a_table() -> None:
    """Each field is written down in its form; a new column is in none by itself."""
    loaded = {form.__module__ for form in _subclasses(BaseForm)}

    assert "baixing.orders.forms.resident" in loaded
    assert [form for form in _subclasses(BaseModelForm) if form.__module__.startswith("baixing.")] == []


def test_no_field_takes_the_name_of_what_stands_in_every_form() -> None:
    """Of two values under one name the last one counts: the form's own key would be lost."""
    taken = {"key", "csrfmiddlewaretoken", "version"}

    assert [form for form in _subclasses(BaseForm) if taken & {*getattr(form, "base_fields", ())}] == []


def _subclasses(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for one in form.__subclasses__():
        yield one
        yield from _subclasses(one)
