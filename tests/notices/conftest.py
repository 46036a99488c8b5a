from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from baixing.notices import rules
from baixing.people.models import Person
from tests.notices.fakes import FakeProvider

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
PHONES = ("+8613800000001", "+8613800000002")


@pytest.fixture(autouse=True)
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeProvider]]:
    settings.SMS_PROVIDER = settings.MAIL_PROVIDER = "tests.notices.fakes.FakeProvider"
    monkeypatch.setattr(FakeProvider, "away", False)
    monkeypatch.setattr(FakeProvider, "never_to", "")
    monkeypatch.setitem(rules.TEXTS, "lamp.lit", ("A lamp", "The lamp %(name)s is lit"))
    monkeypatch.setitem(rules.TEXTS, "lamp.soon", ("A lamp", "The lamp %(name)s will be lit"))
    FakeProvider.taken.clear()
    yield FakeProvider
    FakeProvider.taken.clear()


@pytest.fixture
def jin(db: None) -> Person:
    return Person.objects.create(name="金", phone=PHONES[0], made_at=AT, language="en")


@pytest.fixture
def luo(db: None) -> Person:
    return Person.objects.create(name="罗", phone=PHONES[1], made_at=AT, language="en")
