"""What people are told, and the queue of what goes out to their phones."""

from __future__ import annotations

import json
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.seal import SealedField


class Channel(models.TextChoices):
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Browser notices")
    WECHAT = "wechat", _("WeChat")


class Notice(models.Model):
    """One thing told to one person, shown from `at` on. The words are made when it is read."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=80, blank=True, default="")
    said = SealedField(default="")
    link = models.CharField(max_length=200, blank=True, default="")
    once_key = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "once_key"], condition=~Q(once_key=""), name="told_once_a_key"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="notices_of_a_person"),
            models.Index(fields=["thing", "kind"], name="notices_about_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%F %T}"

    @property
    def facts(self) -> dict[str, str | int]:
        """What the words are filled with; nothing when it was erased."""
        return cast("dict[str, str | int]", json.loads(self.said or "{}"))


class Choice(models.Model):
    """Whether a person wants to be told in this way, and where when it is not their phone.

    For WeChat the address is an openid; for push each browser is a Subscription. `refused_at`: when a provider last
    said that nothing sent to this address arrives; then nothing is sent there until the person chooses again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="choices")
    channel = models.CharField(max_length=8, choices=Channel)
    on = models.BooleanField()
    address = SealedField(default="")
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "channel"], name="one_choice_a_person_and_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {'on' if self.on else 'off'}"


class Subscription(models.Model):
    """One browser in which a person wants to be told. Its maker's push service gave it address and keys."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    browser = models.CharField(max_length=60)
    sign_in = models.PositiveBigIntegerField(null=True)  # in which it was turned on, and with which it ends
    host = models.CharField(max_length=100)
    sealed = SealedField()
    found = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.browser} at {self.host}"


class Line(models.Model):
    """How one way out stands: a channel, and for push the service of a browser's maker.

    `failures` in a row since `since`. After a few the line rests, and then one message tries it.
    """

    channel = models.CharField(max_length=8, choices=Channel)
    host = models.CharField(max_length=100, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "host"], name="one_line_a_channel_and_host"),
            models.CheckConstraint(
                condition=Q(failures=0, since=None) | Q(failures__gt=0, since__isnull=False),
                name="failing_line_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.host}: {self.failures} failures"


class Quiet(models.Model):
    """The hours in which a person is sent nothing but what is urgent. Without a row: those of `rules.NIGHT`."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quiet")
    on = models.BooleanField(default=True)
    since = models.TimeField()
    until = models.TimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(since=F("until")), name="quiet_hours_end")]
        verbose_name_plural = "quiet"

    def __str__(self) -> str:
        return f"{self.since:%R}-{self.until:%R}"


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def free(self, at: datetime) -> OutgoingQuerySet:
        """In nobody's hands. Asks the row alone, so that of two who take it at once the second finds it taken."""
        return self.filter(Q(state=Outgoing.State.WAITING) | Q(state=Outgoing.State.SENDING, claimed_until__lt=at))

    def sendable(self, at: datetime) -> OutgoingQuerySet:
        """Free, due, not resting after a failure, and next in line for its person (for push: for the browser)."""
        beside = Q(subscription=OuterRef("subscription")) | Q(subscription=None)
        ahead = Outgoing.objects.filter(
            beside,
            notice__person=OuterRef("notice__person"),
            channel=OuterRef("channel"),
            urgent=OuterRef("urgent"),
            state__in=(Outgoing.State.WAITING, Outgoing.State.SENDING),
            due__lte=at,
            pk__lt=OuterRef("pk"),
        )
        return self.free(at).filter(~Exists(ahead), due__lte=at, next_try__lte=at, expires__gt=at)

    def waiting(self) -> OutgoingQuerySet:
        return self.filter(state=Outgoing.State.WAITING)


OutgoingManager = models.Manager.from_queryset(OutgoingQuerySet)


class Outgoing(models.Model):
    """One message for one channel, sent by `baixing deliver`. Its key is the same at each try."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("No longer sent")
        FAILED = "failed", _("Cannot be sent")

    class Why(models.TextChoices):
        LATE = "late", _("Too old to be of use")
        UNWANTED = "unwanted", _("Not wanted, or without an address")

    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="outgoing")
    channel = models.CharField(max_length=8, choices=Channel)
    subscription = models.ForeignKey(Subscription, models.SET_NULL, null=True, related_name="outgoing")
    host = models.CharField(max_length=100, blank=True, default="")
    key = models.CharField(max_length=80, unique=True)
    to = SealedField(default="")
    text = SealedField(default="")
    urgent = models.BooleanField(default=False)
    due = models.DateTimeField()
    expires = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_try = models.DateTimeField()
    claimed_by = models.CharField(max_length=32, default="")
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    provider_ref = models.CharField(max_length=80, default="")
    fault = models.CharField(max_length=200, default="")

    objects = OutgoingManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "-urgent", "id"],
                condition=Q(state__in=("waiting", "sending")),
                name="outgoing_still_to_send",
            ),
            models.Index(
                fields=["channel", "expires"],
                condition=Q(state="dropped", fault="late"),
                name="outgoing_dropped_as_late",
            ),
        ]
        verbose_name_plural = "outgoing"

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.due:%F %T}"


class DemoMessage(models.Model):
    """What a telephone would have shown. Written in a demo only, so that one can sign in without one."""

    key = models.CharField(max_length=80, unique=True)
    to_index = models.CharField(max_length=64, db_index=True)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%F %T}"
