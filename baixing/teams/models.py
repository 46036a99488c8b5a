"""Volunteer teams, what they can do, who is in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.network.models import Unit
from baixing.people.models import Person


class Skill(models.Model):
    """What a team can serve."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class LicenceKind(models.Model):
    """A paper that the law asks for before some work may be done."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> TeamQuerySet:
        return self.filter(active=True)

    def on_duty(self) -> TeamQuerySet:
        """Teams that take orders now."""
        return self.filter(active=True, on_duty=True)

    def at_home_in(self, unit: Unit) -> TeamQuerySet:
        return self.filter(home__path__startswith=unit.path)

    def covering(self, unit: Unit) -> TeamQuerySet:
        """Teams that come to this unit: from above it, or from as near as they go."""
        line = unit.line()
        lowest = unit.tier or (unit.parent.tier if unit.parent else 0)
        tree = line if unit.tier else line[:-1]
        near = Q(home__path__in=line) | Q(home__tier=0, home__parent__path__in=line)
        for steps_up, path in enumerate(reversed(tree)):
            near |= Q(reach__gte=lowest + steps_up - 1, home__path__startswith=path)
        return self.filter(near)

    def with_skill(self, skill: Skill) -> TeamQuerySet:
        return self.filter(skills=skill)


IS_OFF = Q(on_duty=False)


class Team(models.Model):
    """A volunteer team: at home in a unit, going as far as it reaches, led by one person."""

    class Reach(models.IntegerChoices):
        VILLAGE = 0, _("Its own village or community")
        TOWNSHIP = 1, _("Its whole township")
        COUNTY = 2, _("Its whole county")
        CITY = 3, _("The whole city")

    name = models.CharField(max_length=60)
    home = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teams_led")
    reach = models.PositiveSmallIntegerField(choices=Reach, default=Reach.TOWNSHIP)
    skills = models.ManyToManyField(Skill, related_name="teams", blank=True)
    speaks = models.CharField(max_length=80, blank=True, default="")  # of SPEECH, apart by spaces
    day_capacity = models.PositiveSmallIntegerField(default=2)
    week_capacity = models.PositiveSmallIntegerField(default=6)
    active = models.BooleanField(default=True)
    on_duty = models.BooleanField(default=True)
    off_until = models.DateField(null=True, editable=False)  # the last day off duty; null: until somebody says
    about = models.TextField(max_length=1000, blank=True, default="")
    invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["reach", "home"], name="team_reach_home"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="team_name_is_its_own_at_home", fields=["home", "name"]),
            models.CheckConstraint(name="team_reaches_village_to_city", condition=Q(reach__lte=3)),
            models.CheckConstraint(
                name="team_serves_no_more_a_day_than_a_week",
                condition=Q(day_capacity__gte=1, week_capacity__gte=F("day_capacity")),
            ),
            models.CheckConstraint(
                name="only_a_team_off_duty_has_a_last_day_off", condition=IS_OFF | Q(off_until=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def speeches(self) -> list[str]:
        """The languages and dialects that its people speak, as far as it has said."""
        return self.speaks.split()

    def area(self) -> str:
        """The path under which the team comes to every unit: `covering` asked from the other end."""
        node = self.home.parent if self.home.is_partner() and self.home.parent else self.home
        steps_up = max(self.reach + 1 - node.tier, 0)
        return node.line()[-1 - steps_up]


class LicenceQuerySet(models.QuerySet["Licence"]):
    def valid(self, on: date) -> LicenceQuerySet:
        return self.filter(valid_from__lte=on, valid_until__gte=on)

    def running_out(self, on: date, days: int) -> LicenceQuerySet:
        """Those that hold today and will not in so many days."""
        return self.valid(on).filter(valid_until__lte=on + timedelta(days=days))


class Licence(models.Model):
    """A team's licence. Both days count: it holds from the first to the last, inclusive."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="licences")
    kind = models.ForeignKey(LicenceKind, on_delete=models.PROTECT, related_name="licences")
    holder = models.CharField(max_length=40, blank=True, default="")
    number = SealedField(blank=True, default="")
    valid_from = models.DateField()
    valid_until = models.DateField()

    objects = LicenceQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "kind", "valid_until"], name="licence_team_kind"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="licence_ends_after_it_starts",
                condition=Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"licence {self.pk}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self) -> MembershipQuerySet:
        return self.filter(state__in=Membership.LIVE)

    def members(self) -> MembershipQuerySet:
        return self.filter(state=Membership.State.MEMBER)

    def waiting(self) -> MembershipQuerySet:
        return self.filter(state=Membership.State.APPLIED)


class Membership(Living):
    """A volunteer's place in a team, from asking to leaving."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        MEMBER = "member", _("Member")
        REFUSED = "refused", _("Turned down")
        LEFT = "left", _("Left")

    LIVE: ClassVar = (State.APPLIED, State.MEMBER)

    state = models.CharField(max_length=20, choices=State, default=State.APPLIED, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    at = models.DateTimeField()  # since when it is in this state

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_live_membership_a_team",
                fields=["team", "person"],
                condition=Q(state__in=("applied", "member")),
            ),
            models.CheckConstraint(
                name="membership_state_is_known",
                condition=Q(state__in=("applied", "member", "refused", "left")),
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class NumberRun(models.Model):
    """The last volunteer number given in a year; whoever takes the next one takes its turn here."""

    year = models.PositiveSmallIntegerField(unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2099)])
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_year_has_ten_million_numbers", condition=Q(last__lte=9_999_999)),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Volunteer(models.Model):
    """A person's one volunteer number, for life and in every team."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="volunteer")
    number = models.CharField(max_length=14, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class DutyQuerySet(models.QuerySet["Duty"]):
    def resting(self, on: date) -> DutyQuerySet:
        """Of those who go on no visit on this day."""
        return self.filter(IS_OFF & (Q(off_until=None) | Q(off_until__gte=on)))


class Duty(models.Model):
    """What a volunteer takes on now, in all their teams. Whoever has said nothing is on duty, without a limit."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="duty")
    on_duty = models.BooleanField(default=True)
    off_until = models.DateField(null=True)  # the last day off duty; null: until they say
    week_most = models.PositiveSmallIntegerField(null=True)  # visits from Monday to Sunday; null: no limit
    version = models.PositiveIntegerField(default=1, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="only_a_volunteer_off_duty_has_a_last_day_off", condition=IS_OFF | Q(off_until=None)
            ),
            models.CheckConstraint(
                name="a_volunteer_goes_once_a_week_or_more", condition=Q(week_most=None) | Q(week_most__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"

    def rests(self, on: date) -> bool:
        return not self.on_duty and (self.off_until is None or self.off_until >= on)
