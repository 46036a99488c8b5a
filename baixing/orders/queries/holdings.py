"""What orders hold on a person, and what is still open between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.journal import queries as journal
from baixing.journal.models import name_of
from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Follower, Order, Rating
from baixing.people.models import Person
from baixing.people.rules.above import Fact, Held
from baixing.schedule.models import Attendance

Rows = Iterator[Mapping[str, Fact]]


def duties(person: Person, _at: datetime) -> Iterator[str]:
    for order in Order.objects.live().filter(resident=person).order_by("pk"):
        yield _("the order %(number)s") % {"number": order.number}


def held(person: Person, _at: datetime) -> list[Held]:
    return [
        Held(_("Orders"), list(_orders(person))),
        Held(_("Ratings"), list(_ratings(person))),
        Held(_("Orders that I follow"), list(_followed(person))),
        Held(_("Visits I made"), list(_visits(person))),
    ]


def _orders(person: Person) -> Rows:
    orders = Order.objects.filter(resident=person).with_nouns().prefetch_related("windows").order_by("pk")
    said = journal.words_by(person, orders)
    for order in orders:
        yield {
            _("Number"): order.number,
            _("Service"): order.item.name if order.item else _("Wish"),
            _("State"): order.get_state_display(),
            _("Words"): order.words,
            _("Address"): order.address,
            _("Phone"): order.phone,
            _("Language or dialect"): order.speech,
            _("Times at home"): _(", ").join(f"{_moment(w.start)}-{_moment(w.end)}" for w in order.windows.all()),
            _("What I said on the way"): "\n".join(said[name_of(order)]),
            _("Tracking code"): order.code,
            _("Result"): order.result,
            _("Placed on"): _moment(order.placed_at),
            _("Ended on"): _moment(order.ended_at),
        }


def _ratings(person: Person) -> Rows:
    for rating in Rating.objects.filter(resident=person).select_related("order").order_by("pk"):
        yield {
            _("Number"): rating.order.number,
            _("Rating"): rating.get_face_display(),
            _("Solved"): rating.solved,
            _("Words"): rating.words,
            _("When"): _moment(rating.at),
        }


def _followed(person: Person) -> Rows:
    for row in Follower.objects.filter(person=person).select_related("order").order_by("pk"):
        yield {_("Number"): row.order.number, _("As"): row.get_kind_display(), _("Since"): _moment(row.at)}


def _visits(person: Person) -> Rows:
    for row in Attendance.objects.filter(person=person).select_related("session").order_by("pk"):
        yield {_("Visit"): row.session.title, _("When"): _moment(row.session.start), _("I came"): row.came}


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%F %R}" if at else ""
