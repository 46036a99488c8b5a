"""The secret address of a calendar is made and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.kernel.rows import add
from baixing.people.models import Person
from baixing.schedule.models import Feed, digest_of
from baixing.schedule.rules import Standing
from baixing.teams.models import Team

LENGTH = 24  # bytes


@transaction.atomic
def make_feed(team: Team | None = None, *, by: Person, at: datetime) -> Feed:
    """Of one's own calendar, or of a team in which one serves."""
    if team is not None and not Standing(by, at).serves_in(team):
        raise NotAllowed(_("Only those who serve in the team have its calendar."))
    secret = secrets.token_urlsafe(LENGTH)
    feed = Feed(person=by, team=team, secret=secret, digest=digest_of(secret), made_at=at)
    if not add(feed):
        raise NotNow(_("This calendar has its address already."))
    journal.begin("make_feed", feed, by=by, at=at, team=team.pk if team else None)
    return feed


@transaction.atomic
def revoke_feed(feed: Feed, *, by: Person, at: datetime) -> None:
    """From now on nobody reads anything at its address."""
    if feed.person_id != by.pk:
        raise NotAllowed(_("Only whoever made this address can revoke it."))
    if not Feed.objects.live().filter(pk=feed.pk).update(revoked_at=at, secret=""):
        raise NotNow(_("This address is revoked already."))
    journal.write("revoke_feed", feed, by=by, at=at)


def revoke_all(person: Person, *, by: Person, at: datetime) -> None:
    """Of somebody who goes."""
    for feed in Feed.objects.live().filter(person=person):
        Feed.objects.filter(pk=feed.pk).update(revoked_at=at, secret="")
        journal.write("revoke_feed", feed, by=by, at=at)
