"""The demo city to be measured, and as many residents with a home, their consent and a browser as are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.utils.crypto import get_random_string

from bench.servers import KEPT, ROOT

if TYPE_CHECKING:
    from baixing.people.models import Consent, Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Resident:
    """A browser of somebody who lives in a village of the city."""

    person: int
    session: str


def environment(name: str, url: str = "") -> dict[str, str]:
    """Of an installation of this name: on SQLite in a folder of its own, or on the database at this address."""
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    told = {"DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT)}
    return told | ({"DATABASE_URL": url} if url else {})


def set_up(said: dict[str, str]) -> None:
    """Rows, demo city and static files, made where they are missing; then Django, for this process."""
    settings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | said
    for command in (["migrate", "-v0"], ["seed"], ["collectstatic", "--noinput", "-v0"]):
        program = str(Path(sys.executable).parent / "baixing")
        subprocess.run([program, *command], env=settings, check=True, cwd=ROOT, stdout=sys.stderr)
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(said)
    import django

    django.setup()


def residents(count: int) -> list[Resident]:
    """New ones, in villages with staff, each with all that an order asks for."""
    from baixing.network.models import Post, Unit
    from baixing.network.rules import OFFICERS

    held = Post.objects.filter(kind__in=OFFICERS, until=None).values("unit")
    villages = Unit.objects.tier(1).filter(pk__in=held).order_by("pk").values_list("pk", flat=True)
    return browsers(people_at_home(count, list(villages)))


def people_at_home(count: int, villages: Sequence[int]) -> list[Person]:
    """New residents of these villages in turn, each with consent."""
    from django.db import transaction

    from baixing.network.models import Home
    from baixing.people.models import Consent

    with transaction.atomic():
        people = _people(count)
        kinds = (Consent.Kind.TERMS, Consent.Kind.PRIVACY)
        _insert([_consent(person, kind) for person in people for kind in kinds])
        homes = [Home(person=one, address="3 号楼 2 单元 501") for one in people]
        for number, home in enumerate(homes):
            home.station_id = villages[number % len(villages)]
        _insert(homes)
    return people


def items(count: int = 24) -> list[str]:
    """Codes of what anybody may order in any village, for tomorrow, without a licence or an age."""
    from baixing.kernel.calendar import LOCAL, now
    from baixing.menu.models import ServiceItem

    fits = ServiceItem.objects.active().in_month(now().astimezone(LOCAL).date())
    fits = fits.filter(unit__parent=None, min_age=None, max_age=None).order_by("pk")
    return list(fits.values_list("code", flat=True)[:count])


def _people(count: int) -> list[Person]:
    from django.db.models import Max

    from baixing.kernel.calendar import now
    from baixing.kernel.seal import blind, tail
    from baixing.people.models import Person

    first = 1 + (Person.objects.aggregate(last=Max("pk"))["last"] or 0)
    phones = [f"+861271{first + number:07d}" for number in range(count)]
    sealed = [{"phone": phone, "phone_index": blind(phone), "phone_tail": tail(phone)} for phone in phones]
    made = now() - timedelta(days=1)
    return _insert([Person(name="住户", made_at=made, demo=True, password="!", **phone) for phone in sealed])  # noqa: S106 - none


def _consent(person: Person, kind: str) -> Consent:
    from baixing.people.models import Consent
    from baixing.people.rules import TEXT_VERSIONS

    at = person.made_at
    return Consent(person=person, kind=kind, text_version=TEXT_VERSIONS[kind], given_at=at, channel="web", by=person)


def browsers(people: Sequence[Person]) -> list[Resident]:
    """A browser of each, signed in."""
    from django.contrib.sessions.models import Session

    from baixing.kernel.calendar import now
    from baixing.kernel.sessions import SessionStore
    from baixing.people.models import SignIn

    at, found, sessions, sign_ins = now(), [], [], []
    for person in people:
        store = SessionStore()
        key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
        sealed = person.get_session_auth_hash()
        said = {"_auth_user_id": str(person.pk), "_auth_user_backend": BACKEND, "_auth_user_hash": sealed}
        session = Session(session_key=key, session_data=store.encode(said), expire_date=at + timedelta(days=30))
        sessions.append(session)
        sign_ins.append(SignIn(person=person, session_key=key, at=at, seen_at=at + timedelta(hours=1)))
        found.append(Resident(person.pk, key))
    Session.objects.bulk_create(sessions, batch_size=500)
    _insert(sign_ins)
    return found


def _insert(rows: Sequence[Row]) -> list[Row]:
    made: list[Row] = type(rows[0])._base_manager.bulk_create(rows, batch_size=500)
    return made
