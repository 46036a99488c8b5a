"""WeChat: linking an account, and template messages with their tokens and refusals."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from baixing.kernel.calendar import now
from baixing.kernel.refusals import NotAllowed
from baixing.notices import actions, queries, rules
from baixing.notices.actions import Delivered, deliver
from baixing.notices.channels.wechat import _TOKENS, openid_of
from baixing.notices.models import Choice, Outgoing
from baixing.people.models import Person
from tests.notices.conftest import AT
from tests.notices.outside import Fault, Mail, Web
from tests.web import Web as Page

MINUTE = timedelta(minutes=1)
INSIDE = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 MicroMessenger/8.0"}


@pytest.fixture
def there(outside: tuple[Web, Mail], settings: Settings) -> Web:
    settings.WECHAT_PROVIDER, settings.SMS_PROVIDER = "baixing.notices.channels.wechat.WeChat", ""
    return outside[0]


@pytest.fixture
def linked(jin: Person, there: Web) -> Person:
    actions.link_wechat(jin, "openid-of-jin", by=jin, at=AT)
    return jin


def told(linked: Person, at: timedelta = timedelta(), **facts: str) -> None:
    actions.tell([linked], "lamp.lit", at=AT + at, name=facts.get("name", "A"))


def test_a_template_is_filled_and_leads_to_our_own_page(linked: Person, there: Web) -> None:
    told(linked, name="of a very long name")

    assert deliver(AT) == Delivered(sent=1)

    row = Outgoing.objects.get(channel="wechat")
    assert (row.provider_ref, json.loads(there.bodies[row.key])) == (
        "77",
        {
            "touser": "openid-of-jin",
            "template_id": "T1",
            "client_msg_id": row.key,
            "url": "https://city.example/notices/",
            "data": {
                "thing1": {"value": "A lamp"},
                "thing2": {"value": "The lamp of a very …"},
                "time3": {"value": "2026-11-24 10:00"},
            },
        },
    )


def test_a_kind_without_a_template_does_not_go_this_way(linked: Person, there: Web, settings: Settings) -> None:
    settings.WECHAT_TEMPLATES = {"lamp.soon": {"id": "T1", "fields": {}}}

    told(linked)

    assert not Outgoing.objects.filter(channel="wechat").exists()


def test_the_token_is_asked_for_once_until_it_expires(linked: Person, there: Web) -> None:
    for name in "AB":
        told(linked, name=name)
    deliver(AT)
    told(linked, at=2 * timedelta(hours=1))
    deliver(AT + timedelta(hours=2))

    assert (len(there.reached), there.asked_tokens) == (3, [False, False])


@pytest.mark.parametrize("stale", [1])
def test_a_token_that_has_gone_stale_is_renewed_within_the_same_try(linked: Person, there: Web, stale: int) -> None:
    there.stale = stale
    told(linked)

    assert deliver(AT) == Delivered(sent=1)
    # the same token came again, so they were asked for another by force
    assert there.asked_tokens == [False, False, True]


def test_of_two_who_hear_that_a_token_has_gone_stale_one_asks_anew(there: Web) -> None:
    stale = _TOKENS.get(AT)
    fresh = _TOKENS.renew(AT, wrong=stale)

    assert _TOKENS.renew(AT, wrong=stale) == fresh
    assert there.asked_tokens == [False, False, True]


def test_a_token_that_is_never_right_is_a_fault_of_the_line(linked: Person, there: Web) -> None:
    there.stale = 9
    told(linked)

    assert deliver(AT) == Delivered(failed=1)
    assert Outgoing.objects.get(channel="wechat").fault == "answered 42001"


def test_who_refuses_is_left_alone_until_they_choose_again(linked: Person, there: Web) -> None:
    told(linked)
    with there.broken(Fault.GONE):
        assert deliver(AT) == Delivered(failed=1)
    told(linked)

    assert deliver(AT) == Delivered()
    assert [way.state for way in queries.ways(linked, AT) if way.channel == "wechat"] == ["refused"]
    actions.choose(linked, "wechat", on=True, by=linked, at=AT)
    assert [way.state for way in queries.ways(linked, AT) if way.channel == "wechat"] == ["on"]


def test_a_city_without_wechat_does_not_show_it(jin: Person, settings: Settings) -> None:
    settings.WECHAT_PROVIDER = ""

    assert "wechat" not in [way.channel for way in queries.ways(jin, AT)]
    assert "WeChat" not in Page(jin).get("/notices/choices/")
    assert Page(jin).post("/notices/wechat/link/").status_code == 404


def test_the_way_to_wechat_and_back(jin: Person, there: Web) -> None:
    page = Page(jin)
    shown = page.client.get("/notices/choices/", headers=INSIDE).content.decode()
    way = next(part for part in shown.split('"') if part.startswith("https://open.weixin.qq.com/"))
    asked = parse_qs(urlsplit(way.replace("&amp;", "&")).query)
    state = asked["state"][0]

    back = page.get(f"/notices/wechat/?code=good&state={state}")
    before = Choice.objects.count()
    answer = page.post("/notices/wechat/link/", code="good", state=state)

    assert (asked["redirect_uri"], asked["scope"]) == (["http://testserver/notices/wechat/"], ["snsapi_base"])
    assert ("Link this WeChat" in back, before, answer.status_code) == (True, 0, 302)
    assert Choice.objects.get().address == "openid-of-jin"


def test_outside_wechat_the_page_says_where_to_link(jin: Person, there: Web) -> None:
    assert "Open this page in WeChat to link it." in Page(jin).get("/notices/choices/")


@pytest.mark.parametrize(("code", "status"), [("bad", 409), ("", 409)])
def test_a_code_that_wechat_does_not_know_links_nothing(jin: Person, there: Web, code: str, status: int) -> None:
    state = rules.linking_state(jin, now())

    answer = Page(jin).post("/notices/wechat/link/", code=code, state=state)

    assert (answer.status_code, Choice.objects.count()) == (status, 0)


def test_nobody_is_sent_back_with_the_state_of_another(jin: Person, luo: Person, there: Web) -> None:
    theirs = rules.linking_state(luo, now())

    assert Page(jin).client.get(f"/notices/wechat/?code=good&state={theirs}").status_code == 409
    assert Page(jin).post("/notices/wechat/link/", code="good", state=theirs).status_code == 409


@pytest.mark.parametrize(
    ("state", "age", "known"),
    [
        ("", 0, False),
        ("zzgabc", 0, False),
        ("mine", 0, True),
        ("mine", 15, True),
        ("mine", 17, False),
        ("mine", -2, False),
    ],
)
def test_a_state_is_good_for_a_quarter_of_an_hour(jin: Person, state: str, age: int, known: bool) -> None:
    given = rules.linking_state(jin, AT) if state == "mine" else state

    assert rules.set_out(jin, given, AT + age * MINUTE) == known
    assert given.isalnum() or not given
    assert len(given) <= 128


def test_wechat_that_does_not_answer_links_nothing(jin: Person, outside: tuple[Web, Mail]) -> None:
    outside[0].server.server_close()

    assert openid_of("good") == ""


def test_nobody_links_for_another(jin: Person, luo: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.link_wechat(jin, "openid-of-luo", by=luo, at=AT)
