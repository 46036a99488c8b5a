"""Where somebody begins who signed in without wanting one page."""

from __future__ import annotations

import pytest
import time_machine

from tests.people.door import at_code_page, post, sent_code
from tests.second_step import app_of, shown_by
from tests.town import NINE, Town

FIRST = {"zhou": "/today/", "shi": "/today/", "shen": "/find/", "luo": "/inbox/", "jin": "/"}


@pytest.mark.parametrize("name", FIRST)
def test_whoever_works_here_begins_at_their_desk(town: Town, name: str) -> None:
    person = getattr(town, name)
    app = app_of(person)
    with time_machine.travel(NINE, tick=False):
        browser = at_code_page(person.phone)
        answer = post(browser, "/in/code/", code=sent_code(person.phone))
        if answer["Location"].startswith("/in/factor/"):
            answer = post(browser, "/in/factor/", code=shown_by(app))

    assert answer["Location"] == FIRST[name]
