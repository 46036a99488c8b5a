# mypy: ignore-errors
"""Run by the peer's own Python: makes what is measured, once, and prints how to reach it."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Event, Organizer, Team, TeamAPIToken, User

MAIL, WORD = "bench@example.org", "only for a bench"

with scopes_disabled():
    organizer, _made = Organizer.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    user = User.objects.filter(email=MAIL).first() or User.objects.create_user(MAIL, WORD)
    user.set_password(WORD)
    user.save()
    team, _made = Team.objects.get_or_create(
        organizer=organizer,
        name="all",
        defaults={"all_events": True, "all_event_permissions": True, "all_organizer_permissions": True},
    )
    team.members.add(user)
    token = TeamAPIToken.objects.filter(team=team).first() or TeamAPIToken.objects.create(team=team, name="bench")
    for number in range(Event.objects.filter(organizer=organizer).count(), 24):
        start = now() + timedelta(days=10 + number)
        event = Event.objects.create(
            organizer=organizer,
            name=f"Event {number}",
            slug=f"e{number}",
            currency="CNY",
            date_from=start,
            date_to=start + timedelta(hours=3),
            live=True,
            is_public=True,
            plugins="",
        )
        item = event.items.create(name="Free", default_price=Decimal(0), admission=True)
        event.quotas.create(name="All", size=None).items.add(item)
    first = Event.objects.get(organizer=organizer, slug="e0")
    browser = Client(HTTP_HOST=os.environ["PRETIX_PRETIX_URL"].split("//")[1])
    browser.post("/control/login", {"email": MAIL, "password": WORD})
    told = {
        "token": token.token,
        "event": first.slug,
        "item": str(first.items.get().pk),
        "session": browser.cookies["pretix_session"].value,
    }
print(json.dumps(told))
