"""What a volunteer's attendance at a session comes to, until two people have put it into the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.schedule.models import Attendance, Session
from baixing.teams.models import Volunteer


class HoursClaimQuerySet(models.QuerySet["HoursClaim"]):
    def waiting(self) -> HoursClaimQuerySet:
        """Those that somebody has still to look at."""
        return self.filter(state__in=(HoursClaim.State.COMPUTED, HoursClaim.State.REVIEWED))

    def standing(self) -> HoursClaimQuerySet:
        """Credited, and not taken back since."""
        return self.filter(entry__isnull=False, entry__reversal=None)

    def with_nouns(self) -> HoursClaimQuerySet:
        return self.select_related("volunteer__person", "session__unit", "session__team", "attendance")


HoursClaimManager = models.Manager.from_queryset(HoursClaimQuerySet)


class HoursClaim(Living):
    """One volunteer at one session. A corrected one is its next."""

    class State(models.TextChoices):
        COMPUTED = "computed", _("To be checked")
        REVIEWED = "reviewed", _("Checked, to be credited")
        CREDITED = "credited", _("Credited")
        REFUSED = "refused", _("Not credited")

    class Why(models.TextChoices):
        WORDS = "words", _("Refused by a person")
        AFTER_START = "after_start", _("The session was entered after it had begun")
        NOTHING = "nothing", _("There are no minutes to credit")

    state = models.CharField(max_length=20, choices=State, default=State.COMPUTED, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="claims")
    session = models.ForeignKey(Session, models.PROTECT, related_name="claims")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="claims")
    nth = models.PositiveSmallIntegerField(default=1)  # the second is a correction of the first
    start = models.DateTimeField()
    end = models.DateTimeField()
    minutes = models.PositiveIntegerField()  # by this session alone; what is credited may be less
    late = models.BooleanField(default=False)  # entered after the fact: for ever
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    credited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)  # credited or refused
    why = models.CharField(max_length=12, choices=Why, blank=True, default="")

    objects = HoursClaimManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["volunteer", "session", "nth"], name="one_claim_a_volunteer_and_session"),
            models.CheckConstraint(name="a_claim_ends_after_it_starts", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(
                name="nobody_credits_what_they_reviewed",
                condition=Q(credited_by=None) | (Q(reviewed_by__isnull=False) & ~Q(credited_by=F("reviewed_by"))),
            ),
            models.CheckConstraint(
                name="a_credited_claim_names_two",
                condition=~Q(state="credited") | Q(reviewed_by__isnull=False, credited_by__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_state_is_known", condition=Q(state__in=("computed", "reviewed", "credited", "refused"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], condition=Q(state__in=("computed", "reviewed")), name="claims_that_wait"),
            models.Index(fields=["volunteer", "start"], name="claims_of_a_volunteer"),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"
