from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from baixing.notices import rules
from baixing.notices.channels import web
from baixing.notices.channels.wechat import _TOKENS
from baixing.people.models import Person
from tests.notices.fakes import FakeProvider
from tests.notices.outside import Mail, Web, serving

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
VAPID = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"  # a key only for tests
PHONES = ("+8613800000001", "+8613800000002")


@pytest.fixture(autouse=True)
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeProvider]]:
    settings.SMS_PROVIDER = settings.MAIL_PROVIDER = settings.PUSH_PROVIDER = "tests.notices.fakes.FakeProvider"
    settings.VAPID_KEY = VAPID
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


@pytest.fixture
def outside(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Web, Mail]]:
    """The four providers, and an installation that is set up to speak to them."""
    there, mail = Web(tmp_path_factory.mktemp("outside")), Mail()
    monkeypatch.setenv("SSL_CERT_FILE", there.file)
    settings.SMS_URL, settings.SMS_TOKEN = f"{there.url}/sms", "secret"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
    settings.VAPID_KEY, settings.VAPID_SUBJECT = VAPID, "mailto:it@example.org"
    settings.PUSH_HOSTS = [there.url.removeprefix("https://")]
    settings.WECHAT_APP_ID, settings.WECHAT_SECRET, settings.WECHAT_URL = "wx1", "secret", there.url
    settings.WECHAT_TEMPLATES = {"*": {"id": "T1", "fields": {"thing1": "subject", "thing2": "text", "time3": "at"}}}
    settings.PUBLIC_URL = "https://city.example"
    web.trust.cache_clear()
    _TOKENS.forget()
    with serving(there, mail):
        yield there, mail
    web.trust.cache_clear()
