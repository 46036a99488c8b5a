from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.models import Session
from baixing.teams.models import Team


class State(models.TextChoices):
    PLACED = "placed", _("Waiting to be admitted")
    ASKED = "asked", _("Waiting for your answer")
    PENDING = "pending", _("Looking for a team")
    OFFERED = "offered", _("Offered to a team")
    ACCEPTED = "accepted", _("Accepted")
    APPOINTED = "appointed", _("Visit set")
    SERVED = "served", _("Waiting for your rating")
    DISPUTED = "disputed", _("Under review")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Not admitted")
    MERGED = "merged", _("Merged")
    UNMET = "unmet", _("Cannot be met now")


TERMINAL = frozenset({State.CLOSED, State.WITHDRAWN, State.REJECTED, State.MERGED, State.UNMET})
LIVE = frozenset(State) - TERMINAL
TEAMED = frozenset({State.OFFERED, State.ACCEPTED, State.APPOINTED, State.SERVED, State.DISPUTED, State.CLOSED})
PAUSABLE = frozenset({State.PENDING, State.ACCEPTED, State.APPOINTED})


class OrderQuerySet(models.QuerySet["Order"]):
    def live(self) -> OrderQuerySet:
        return self.filter(state__in=LIVE)

    def owned_by(self, unit: Unit) -> OrderQuerySet:
        return self.filter(owner=unit)

    def within(self, unit: Unit) -> OrderQuerySet:
        """Placed for a village anywhere under the unit, or owned there."""
        below = list(Unit.objects.within(unit).values_list("pk", flat=True))  # by keys: each half asks its index
        return self.filter(Q(station__in=below) | Q(owner__in=below))

    def overdue(self, at: datetime) -> OrderQuerySet:
        return self.live().filter(due_at__lt=at)

    def due_before(self, end: datetime, at: datetime) -> OrderQuerySet:
        return self.live().filter(due_at__gte=at, due_at__lt=end)

    def with_nouns(self) -> OrderQuerySet:
        """Ready for a page: everything a row names is fetched with it."""
        return self.select_related("item", "station", "owner", "team", "resident", "visit", "first_receiver")


OrderManager = models.Manager.from_queryset(OrderQuerySet)


class Order(Living):
    """What a resident asked for: one item of the menu, or a wish in their own words."""

    State = State

    class Urgency(models.TextChoices):
        URGENT = "urgent", _("Urgent")
        NORMAL = "normal", _("Normal")
        PLANNED = "planned", _("Can be planned")

    class Proof(models.TextChoices):
        """How staff know that the resident wants what they order on their behalf."""

        SPOKEN = "spoken", _("Said on the phone")
        PAPER = "paper", _("Signed on paper")
        FACE = "face", _("Said face to face")
        GUARDIAN = "guardian", _("Placed by the guardian")

    class Proposal(models.TextChoices):
        """What waits for another unit's co-sign."""

        REJECT = "reject", _("Reject")
        PAUSE = "pause", _("Pause")
        TRANSFER = "transfer", _("Transfer")

    state = models.CharField(max_length=20, choices=State.choices, default=State.PLACED, editable=False)
    code = models.CharField(max_length=16, unique=True)
    item = models.ForeignKey(ServiceItem, models.PROTECT, null=True, related_name="orders")
    words = SealedField(blank=True)
    shared = models.BooleanField(default=False)  # a wish whose words neighbours may read, to join it
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    danger = models.CharField(max_length=12, blank=True)

    resident = models.ForeignKey(Person, models.PROTECT, related_name="orders")
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proof = models.CharField(max_length=8, choices=Proof.choices, blank=True)
    station = models.ForeignKey(Unit, models.PROTECT, related_name="orders_placed_here")
    address = SealedField(blank=True)
    phone = SealedField(blank=True)
    phone_tail = models.CharField(max_length=64, blank=True, db_index=True)
    two_needed = models.BooleanField(default=False)
    asked_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")  # whom the resident would like
    speech = SealedField(blank=True)  # the language or dialect in which the resident would like to be spoken to
    by_person = models.BooleanField(default=False)  # no plan made by the machine: somebody chooses the team

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="orders_owned")
    first_receiver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    handled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    appeal_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="appeals")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="orders")
    visit = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    opened = models.BooleanField(default=False)
    result = SealedField(blank=True)
    reason = models.CharField(max_length=24, blank=True)

    round = models.PositiveSmallIntegerField(default=1)
    bounces = models.PositiveSmallIntegerField(default=0)
    asks = models.PositiveSmallIntegerField(default=0)
    transfers = models.PositiveSmallIntegerField(default=0)
    suggestions = models.PositiveSmallIntegerField(default=0)
    absences = models.PositiveSmallIntegerField(default=0)
    pauses = models.PositiveSmallIntegerField(default=0)

    placed_at = models.DateTimeField(db_index=True)
    entered_at = models.DateTimeField()
    entry = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(null=True, db_index=True)
    promised_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    still_since = models.DateTimeField(null=True)
    stood_still = models.DurationField(default=timedelta())
    paused_from = models.CharField(max_length=20, blank=True)
    solved = models.BooleanField(null=True)

    proposal = models.CharField(max_length=8, choices=Proposal.choices, blank=True)
    proposal_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposal_to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    proposal_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    proposal_due = models.DateTimeField(null=True)
    proposal_until = models.DateTimeField(null=True)

    objects = OrderManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, state__in=TEAMED)
                | Q(team__isnull=True, state__in=frozenset(State) - TEAMED - {State.PAUSED})
                | Q(team__isnull=True, state=State.PAUSED, paused_from=State.PENDING)
                | Q(
                    team__isnull=False,
                    state=State.PAUSED,
                    paused_from__in=[State.ACCEPTED, State.APPOINTED],
                ),
                name="a_team_is_named_in_the_states_that_need_one",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False)
                | Q(
                    state__in=[
                        State.PLACED,
                        State.ASKED,
                        State.WITHDRAWN,
                        State.REJECTED,
                        State.MERGED,
                    ]
                ),
                name="a_wish_gets_its_item_before_it_is_admitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TERMINAL, due_at__isnull=True, ended_at__isnull=False)
                | Q(state__in=LIVE, due_at__isnull=False, ended_at__isnull=True),
                name="every_live_order_has_a_due_time",
            ),
            models.CheckConstraint(condition=Q(bounces__lte=2), name="at_most_two_bounces_a_tier"),
            models.CheckConstraint(
                condition=Q(visit__isnull=False) | ~Q(state=State.APPOINTED),
                name="appointed_order_names_its_visit",
            ),
            models.CheckConstraint(
                condition=Q(resident=F("placed_by")) | ~Q(proof=""),
                name="order_on_behalf_says_its_proof",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_at"], name="orders_of_an_owner"),
            models.Index(fields=["team", "state"], name="orders_of_a_team"),
            models.Index(fields=["item", "state"], name="orders_of_an_item"),
            models.Index(fields=["state", "due_at", "id"], name="orders_by_what_presses"),
            models.Index(fields=["state", "owner"], name="orders_by_state_and_owner"),
            models.Index(fields=["resident", "-placed_at", "-id"], name="orders_of_a_resident"),
            models.Index(fields=["served_at"], name="orders_served"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def people_needed(self) -> int:
        """How many go on the visit."""
        return max(self.item.people if self.item else 1, 2 if self.two_needed else 1)

    @property
    def number(self) -> str:
        """What people read out on the phone: the day it was placed and its key."""
        return f"{self.placed_at.astimezone(LOCAL):%y%m%d}-{self.pk:04d}"

    @property
    def spaced_code(self) -> str:
        """The tracking code in groups of four, as it is printed."""
        return " ".join(self.code[n : n + 4] for n in range(0, 16, 4))

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_wish(self) -> bool:
        return self.item_id is None

    def stood(self, at: datetime) -> timedelta:
        """How long the total clock has stood still by now."""
        running = at - self.still_since if self.still_since else timedelta()
        return self.stood_still + max(running, timedelta())

    def elapsed(self, at: datetime) -> timedelta:
        """The total clock: wall time since placing, less what it stood still. Never reset."""
        return max((self.ended_at or at) - self.placed_at - self.stood(at), timedelta())


class Window(models.Model):
    """A time at which the resident is at home. The visit is set inside one of them."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="windows")
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        ordering = ["start"]
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="window_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.start:%F %R}-{self.end:%R}"
