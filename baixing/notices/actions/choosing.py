"""Choosing how one is told: ways, addresses, browsers, quiet hours."""

from __future__ import annotations

import json
from datetime import datetime, time
from urllib.parse import urlsplit

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.seal import blind
from baixing.notices import rules
from baixing.notices.channels.keys import is_push_service, unpadded
from baixing.notices.models import Channel, Choice, Quiet, Subscription

POINT, SECRET = 65, 16  # bytes of a browser's key and of its secret


@transaction.atomic
def choose(
    person: AbstractBaseUser,
    channel: str,
    on: bool,
    *,
    by: AbstractBaseUser,
    at: datetime,  # noqa: ARG001 - every verb knows when
    address: str = "",
) -> None:
    """Say whether one wants to be told in this way. What is in the system itself is always told."""
    _check_own(person, by)
    if channel == Channel.PUSH:
        raise NotNow(_("Each browser is turned on by itself, with the button on this page."))
    if on and channel == Channel.EMAIL:
        _check_mail(address)
    said: dict[str, object] = {"on": on, "refused_at": None}
    if channel == Channel.EMAIL:
        said["address"] = address
    Choice.objects.update_or_create(person_id=person.pk, channel=channel, defaults=said)


@transaction.atomic
def link_wechat(
    person: AbstractBaseUser,
    openid: str,
    *,
    by: AbstractBaseUser,
    at: datetime,  # noqa: ARG001 - every verb knows when
) -> None:
    """WeChat has said whose this openid is: be told there from now on."""
    _check_own(person, by)
    if not openid:
        raise NotNow(_("WeChat did not confirm it. Please start again from “How to be told”."))
    said = {"on": True, "address": openid, "refused_at": None}
    Choice.objects.update_or_create(person_id=person.pk, channel=Channel.WECHAT, defaults=said)


@transaction.atomic
def subscribe(
    person: AbstractBaseUser,
    *,
    endpoint: str,
    p256dh: str,
    auth: str,
    browser: str,
    sign_in: int | None,
    by: AbstractBaseUser,
    at: datetime,
) -> None:
    """Be told in this browser. One that somebody else was told in before is theirs no longer."""
    _check_own(person, by)
    if not (is_push_service(endpoint) and _length(p256dh) == POINT and _length(auth) == SECRET):
        raise Unfit(_("This browser's push service is not one that we know. The other ways are open to you."))
    found = blind(endpoint)
    Subscription.objects.filter(found=found).exclude(person_id=person.pk).delete()
    said = {
        "person_id": person.pk,
        "browser": browser[:60],
        "sign_in": sign_in,
        "host": urlsplit(endpoint).netloc[:100],
        "sealed": json.dumps({"endpoint": endpoint, "p256dh": p256dh, "auth": auth}),
    }
    Subscription.objects.update_or_create(found=found, defaults=said, create_defaults={**said, "made_at": at})
    newest = Subscription.objects.filter(person_id=person.pk).order_by("-made_at", "-pk")
    Subscription.objects.filter(person_id=person.pk).exclude(pk__in=newest.values("pk")[: rules.BROWSERS]).delete()


@transaction.atomic
def unsubscribe(
    subscription: Subscription,
    *,
    by: AbstractBaseUser,
    at: datetime,  # noqa: ARG001 - every verb knows when
) -> None:
    """No more in this browser."""
    if subscription.person_id != by.pk:
        raise NotAllowed
    subscription.delete()


def forget_browser(sign_in: int) -> None:
    """For actions that sign somebody out: a browser that is out is told nothing more."""
    Subscription.objects.filter(sign_in=sign_in).delete()


def forget_browsers(person: AbstractBaseUser, *, but: int | None = None) -> None:
    """Everywhere, or everywhere but in the browser of this sign-in."""
    theirs = Subscription.objects.filter(person_id=person.pk)
    (theirs if but is None else theirs.exclude(sign_in=but)).delete()


@transaction.atomic
def keep_quiet(
    person: AbstractBaseUser,
    on: bool,
    since: time,
    until: time,
    *,
    by: AbstractBaseUser,
    at: datetime,  # noqa: ARG001 - every verb knows when
) -> None:
    """Say in which hours one wants to be sent nothing that can wait. What waits already keeps its time."""
    _check_own(person, by)
    if since == until:
        raise Unfit(_("The quiet hours need an end: choose another time."), field="until")
    said = {"on": on, "since": since, "until": until}
    Quiet.objects.update_or_create(person_id=person.pk, defaults=said)


def _check_own(person: AbstractBaseUser, by: AbstractBaseUser) -> None:
    if person.pk != by.pk:
        raise NotAllowed


def _check_mail(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Unfit(_("This is not an e-mail address. Please check it."), field="address") from None


def _length(text: str) -> int:
    """Of what browsers write in base64url; 0 when it is none."""
    try:
        return len(unpadded(text))
    except ValueError:
        return 0
