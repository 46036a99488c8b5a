"""A certificate of hours: written down, read by everybody for a week, then issued."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.canonical import digest
from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.look import said
from baixing.network.models import Unit
from baixing.teams.models import Volunteer


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def on_show(self) -> CertificateQuerySet:
        """What everybody may read of and object to."""
        return self.filter(state=Certificate.State.PUBLICISED)

    def given_out(self) -> CertificateQuerySet:
        return self.filter(state__in=(Certificate.State.ISSUED, Certificate.State.REVOKED))


CertificateManager = models.Manager.from_queryset(CertificateQuerySet)


class Certificate(Living):
    """`snapshot` is frozen: what everybody has read for a week is what is issued, with its day added and no more.

    It holds a salted digest where the name stands on the sheet, so that forgetting a person breaks nothing.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", _("Applied for")
        PUBLICISED = "publicised", _("On show")
        ISSUED = "issued", _("Issued")
        REVOKED = "revoked", _("Revoked")
        REFUSED = "refused", _("Refused")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFTED, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="certificates")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="certificates")  # who issues it
    number = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=26, unique=True)  # 128 bits: whoever holds the sheet may ask whether it is true
    place = models.PositiveIntegerField(unique=True)  # of its bit in the lists of revoked credentials: a random one
    name = SealedField(blank=True, default="")
    salt = models.CharField(max_length=32, blank=True, default="")
    snapshot = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    drafted_at = models.DateTimeField()
    publicised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    publicised_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # revoked or refused

    objects = CertificateManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=Q(state__in=("drafted", "publicised")),
                name="one_certificate_on_its_way",
            ),
            models.CheckConstraint(
                name="an_issued_certificate_is_frozen",
                condition=~Q(state__in=("issued", "revoked"))
                | (Q(snapshot__isnull=False, issued_by__isnull=False, issued_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def masked_name(self) -> str:
        return said.masked_name(self.name) or "—"

    @property
    def minutes(self) -> int:
        return int((self.snapshot or {}).get("minutes", 0))

    def digest_of_all(self) -> str:
        return digest(self.snapshot)


class CertificateRun(models.Model):
    """The last number given in a year; whoever takes the next one takes its turn here."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.year)
