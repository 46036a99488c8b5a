"""Browsers of people with a post: half way in, or wholly."""

from __future__ import annotations

from datetime import datetime

import time_machine

from baixing.people import actions, queries
from baixing.people.models import Person, SignIn
from tests.people.door import HERE, NINE
from tests.second_step import app_of, shown_by


def signed_in(person: Person, at: datetime = NINE, key: str = "a") -> SignIn:
    """Half way: the phone is proven, the factor is not."""
    actions.open_session(person, key, device="Chrome", address=HERE, at=at)
    browser = queries.sign_in_of(key, at)
    assert browser is not None
    return browser


def proven(person: Person, at: datetime = NINE, key: str = "a") -> SignIn:
    browser, app = signed_in(person, at, key), app_of(person)
    with time_machine.travel(at, tick=False):
        assert actions.prove_by_app(browser, shown_by(app), at=at)
    return browser
