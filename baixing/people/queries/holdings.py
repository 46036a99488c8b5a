"""What this app and those below it hold on a person, for the copy that everybody may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from baixing.journal import queries as journal
from baixing.kernel.calendar import LOCAL
from baixing.look import said
from baixing.notices import queries as notices
from baixing.notices.models import Choice
from baixing.notices.rules import words
from baixing.people import queries
from baixing.people.models import Guardianship, Person, SignIn
from baixing.people.rules.above import Fact, Held

Rows = Iterator[Mapping[str, Fact]]


def held(person: Person, at: datetime) -> list[Held]:
    return [
        Held(_("Account"), list(_account(person))),
        Held(_("What I have agreed to"), list(_consents(person))),
        Held(_("Children and guardians"), list(_bonds(person))),
        Held(_("Where I was signed in"), list(_sign_ins(person))),
        Held(_("My second step of signing in"), list(_factors(person))),
        Held(_("What I was told"), list(_told(person, at))),
        Held(_("How I am told"), list(_ways(person))),
        Held(_("Journal of my account"), list(_lines(person))),
    ]


def _account(person: Person) -> Rows:
    yield {
        _("Name"): person.name,
        _("Mobile number"): person.phone,
        _("Date of birth"): person.born.isoformat() if person.born else "",
        _("Language"): person.get_language_display(),
        _("Language or dialect of visits"): person.speech,
        _("Account made"): _moment(person.made_at),
        _("Number changed"): _moment(person.number_changed_at),
    }


def _consents(person: Person) -> Rows:
    for line in queries.consents_of(person):
        yield {
            _("Agreement"): line.get_kind_display(),
            _("Version of the text"): line.text_version,
            _("Agreed on"): _moment(line.given_at),
            _("How I agreed"): line.get_channel_display(),
            _("Taken back"): _moment(line.withdrawn_at),
        }


def _bonds(person: Person) -> Rows:
    own = Guardianship.objects.filter(Q(ward=person) | Q(guardian=person)).select_related("ward", "guardian")
    for bond in own.order_by("asked_at", "pk"):
        yield {
            _("Child"): bond.ward.name,
            _("Guardian"): bond.guardian.masked_name if bond.guardian else said.masked_phone(bond.phone),
            _("Asked on"): _moment(bond.asked_at),
            _("Agreed on"): _moment(bond.confirmed_at),
            _("Ended"): _moment(bond.ended_at),
        }


def _sign_ins(person: Person) -> Rows:
    for browser in SignIn.objects.filter(person=person).order_by("-at", "-pk"):
        yield {
            _("Browser"): browser.device,
            _("Signed in"): _moment(browser.at),
            _("Last used"): _moment(browser.seen_at),
            _("Ended"): _moment(browser.ended_at),
        }


def _factors(person: Person) -> Rows:
    """Never its secret: whoever has the copy would have the second step."""
    for factor in queries.factors_of(person):
        yield {
            _("Kind"): factor.get_kind_display(),
            _("Name"): factor.name,
            _("Set up"): _moment(factor.made_at),
            _("Last used"): _moment(factor.used_at),
        }
    if left := queries.recovery_codes_left(person):
        yield {_("Kind"): _("Recovery codes"), _("Left"): left}


def _ways(person: Person) -> Rows:
    """What they chose, also of ways that this installation no longer has."""
    for choice in Choice.objects.filter(person_id=person.pk).order_by("pk"):
        yield {_("Way"): choice.get_channel_display(), _("Wanted"): choice.on, _("Address"): choice.address}
    for browser in notices.browsers(person):
        yield {_("Way"): _("A browser"), _("Wanted"): True, _("Address"): str(browser)}
    quiet = notices.quiet_of(person)
    yield {_("Way"): _("Quiet hours"), _("Wanted"): quiet.on, _("Address"): str(quiet)}


def _told(person: Person, at: datetime) -> Rows:
    for notice in notices.visible(person, at):
        subject, body = words(notice.kind, notice.facts)
        yield {_("When"): _moment(notice.at), _("Subject"): subject, _("Message"): body}


def _lines(person: Person) -> Rows:
    for line in journal.lines(person):
        yield {_("When"): _moment(line.at), _("What happened"): line.verb, _("By me"): line.by_id == person.pk}


def _moment(at: datetime | None) -> str:
    return at.astimezone(LOCAL).isoformat(sep=" ", timespec="minutes") if at else ""
