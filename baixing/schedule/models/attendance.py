"""Who came to a session, when they came and left, and who says so."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.schedule.models.session import Session
from baixing.schedule.models.sheet import Sheet
from baixing.schedule.models.signup import Signup


class Attendance(models.Model):
    """Somebody at a session: a volunteer named for it, or whoever signed up. Null until somebody says.

    Service hours are counted from it, so it keeps by whom and by which way each end was told. `arrived_by` and
    `left_by` are null when the person held their own code to the session's own screen and nobody else was asked.
    """

    class Way(models.TextChoices):
        CODE = "code", _("The code on the leader's screen")
        ROSTER = "roster", _("The leader's list")
        DESK = "desk", _("The tablet at the door")
        SHEET = "sheet", _("The paper sheet")
        OFFLINE = "offline", _("A list kept without a network")
        SAID = "said", _("Said afterwards")

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signup = models.OneToOneField(Signup, models.PROTECT, null=True, related_name="attendance")
    came = models.BooleanField(null=True)
    heads = models.PositiveIntegerField(default=1)  # of a party: how many really came
    arrived_at = models.DateTimeField(null=True)
    arrived_way = models.CharField(max_length=8, choices=Way, blank=True, default="")
    arrived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    left_at = models.DateTimeField(null=True)
    left_way = models.CharField(max_length=8, choices=Way, blank=True, default="")
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    left_agreed_by = models.ForeignKey(  # a forgotten end: told by the leader, confirmed by the volunteer, or reversed
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    late = models.BooleanField(default=False)  # one of its ends was entered after the session was over
    told_at = models.DateTimeField(null=True)  # when the last of its ends was told; null once that cannot be undone
    sheet = models.ForeignKey(  # from which two people read it
        Sheet, models.PROTECT, null=True, related_name="attendances", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="one_attendance_a_person_and_session"),
            models.CheckConstraint(
                name="attendance_is_somebodys", condition=Q(person__isnull=False) | Q(signup__isnull=False)
            ),
            models.CheckConstraint(
                name="nobody_leaves_before_arriving",
                condition=Q(left_at=None) | Q(arrived_at__isnull=False, left_at__gte=F("arrived_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"

    @property
    def waits(self) -> bool:
        """Is its end one person's word that the other of leader and volunteer has not given yet?"""
        return self.late and self.left_agreed_by_id is None and self.left_way in ONE_S_WORD


# told afterwards, one person's word; behind a sheet stand two readers, and a list without a network was tapped in time
ONE_S_WORD = frozenset({Attendance.Way.SAID, Attendance.Way.ROSTER, Attendance.Way.DESK})
