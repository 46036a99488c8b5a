"""Persons, how they sign in, and what they agreed to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import now
from baixing.kernel.seal import SealedField, blind, tail
from baixing.look import said


class PersonQuerySet(models.QuerySet["Person"]):
    def living(self) -> PersonQuerySet:
        """Those who may sign in: neither closed nor erased."""
        return self.filter(is_active=True, erased_at=None)

    def behind(self, phone: str) -> PersonQuerySet:
        """The household that shares this phone."""
        return self.filter(phone_index=blind(phone))

    def tail(self, four: str) -> PersonQuerySet:
        """Those whose phone ends in these four digits."""
        return self.filter(phone_tail=tail(four))


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def living(self) -> PersonQuerySet:
        return self.get_queryset().living()

    def behind(self, phone: str) -> PersonQuerySet:
        return self.get_queryset().behind(phone)

    def tail(self, four: str) -> PersonQuerySet:
        return self.get_queryset().tail(four)


class Person(AbstractBaseUser):
    """Anybody who signs in. What they may do comes from their posts, never from here."""

    class Language(models.TextChoices):
        ZH = "zh-hans", "中文"
        EN = "en", "English"

    name = models.CharField(max_length=40)
    phone = SealedField(blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, default="", db_index=True)
    phone_tail = models.CharField(max_length=64, blank=True, default="", db_index=True)
    born = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=8, choices=Language, blank=True, default="")
    speech = SealedField(blank=True, default="")  # in which they would like to be spoken to; "": any will do
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    number_changed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "id"

    def __str__(self) -> str:
        return self.name

    @property
    def masked_name(self) -> str:
        return said.masked_name(self.name) if self.erased_at is None else self.name

    @property
    def masked_phone(self) -> str:
        return said.masked_phone(self.phone) if self.phone else ""

    def age(self, today: date) -> int | None:
        if self.born is None:
            return None
        had_birthday = (today.month, today.day) >= (self.born.month, self.born.day)
        return today.year - self.born.year - (0 if had_birthday else 1)


class Code(models.Model):
    """A one-time code sent to a phone, kept as a digest, answered with the nonce of its asker.

    A message that asks somebody to be a guardian is a row too, so that the limits count it; its
    empty digest matches no code.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("Sign in")
        RECOVER = "recover", _("New number")
        NUMBER = "number", _("Change of number")
        GUARDIAN = "guardian", _("Guardian")
        SIGN_UP = "sign_up", _("Sign-up")

    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.SIGN_IN)
    phone = SealedField()
    phone_index = models.CharField(max_length=64)
    address_index = models.CharField(max_length=64)
    nonce = models.CharField(max_length=43, unique=True)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["phone_index", "sent_at"], name="code_phone_sent"),
            models.Index(fields=["address_index", "sent_at"], name="code_address_sent"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(tries__lte=5), name="code_is_tried_five_times_at_most"),
            models.CheckConstraint(
                condition=models.Q(spent_at=None) | models.Q(used_at__isnull=False),
                name="spent_code_was_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class CodeLimit(models.Model):
    """What takes its turn before codes are counted: a phone, an address, a name, an alarm."""

    kind = models.CharField(max_length=10)
    index = models.CharField(max_length=64)
    turn = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=now, db_index=True)  # only to know when it may be swept away

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "index"], name="one_turn_a_limit"),
        ]

    def __str__(self) -> str:
        return self.kind


class SignIn(models.Model):
    """One browser that a person signed in with."""

    official = False  # whether the person holds a post; told by queries.sign_in_of

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    device = models.CharField(max_length=40)
    address_index = models.CharField(max_length=64)
    proved_at = models.DateTimeField(null=True)  # when the second factor was last shown here
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "ended_at"], name="sign_in_person_ended"),
        ]

    def __str__(self) -> str:
        return self.device


class Factor(models.Model):
    """What somebody with a post shows besides their phone: the code of an app, or a passkey."""

    class Kind(models.TextChoices):
        APP = "app", _("Authenticator app")
        PASSKEY = "passkey", _("Passkey")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=40, blank=True, default="")
    secret = SealedField()  # the key of the app in base32, or the passkey's public part in base64
    handle = models.CharField(max_length=64, blank=True, default="")  # SHA-256 of the passkey's own name
    count = models.BigIntegerField(default=0)  # the last step of time that was used, or the passkey's counter
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(kind="app"), name="one_authenticator_app_a_person"
            ),
            models.UniqueConstraint(fields=["handle"], condition=~models.Q(handle=""), name="one_factor_a_passkey"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RecoveryCode(models.Model):
    """A code on paper for the day the second factor is lost, kept as a digest, good once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "digest"], name="recovery_codes_of_a_person_differ"),
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class Consent(models.Model):
    """A line of the consent ledger: given once, withdrawn at most once, never rewritten."""

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of use")
        PRIVACY = "privacy", _("How we handle your data")
        PHOTO = "photo", _("Photos that show me")
        FAMILY = "family", _("My family may follow my orders")
        SMS = "sms", _("Text messages about news, not only my orders")
        PROXY = "proxy", _("Staff may order for me")
        BY_PERSON = "person", _("A person chooses the team that comes to me, never the computer")

    class Channel(models.TextChoices):
        WEB = "web", _("On this site")
        SPOKEN = "spoken", _("Spoken on the phone")
        PAPER = "paper", _("On paper")
        FACE = "face", _("Face to face")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=8, choices=Kind)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="one_live_consent_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text_version}"


class Guardianship(models.Model):
    """Who answers for a child under 14: asked by phone, confirmed by the guardian, signed in."""

    ward = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="wardships")
    phone = SealedField()
    phone_index = models.CharField(max_length=64, db_index=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(guardian__isnull=False),
                name="confirmed_guardianship_names_its_guardian",
            ),
            models.CheckConstraint(
                condition=~models.Q(ward=models.F("guardian")),
                name="nobody_is_their_own_guardian",
            ),
            models.UniqueConstraint(
                fields=["ward", "phone_index"],
                condition=models.Q(ended_at=None),
                name="one_live_guardianship_a_phone",
            ),
        ]

    def __str__(self) -> str:
        return f"guardianship {self.pk}"
