"""How long things last, how often they may be asked for, and who counts as a child or as staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Model, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baixing.people.models import Consent, Guardianship, Person, SignIn

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
PROOF_LIFE = timedelta(minutes=15)  # from the right code to the signed-in page
NAME_TRIES = 5  # a day a phone, where a full name is asked for as well
HOUSEHOLD = 8  # persons behind one phone
GUARDED_UNDER, GROWN_UP = 14, 18
LONG_AWAY = timedelta(days=180)  # a number may have a new owner by then
STAFF_IDLE, STAFF_WHOLE = timedelta(minutes=30), timedelta(hours=12)
RESIDENT_WHOLE = timedelta(days=30)
HALF_WAY = timedelta(minutes=15)  # from signing in by phone to the second factor
PROVEN = timedelta(minutes=15)  # after the second factor, while factors and the number may be changed
FACTOR_TRIES = ((timedelta(minutes=15), 5), (timedelta(days=1), 20))  # wrong ones, a person
RECOVERY_CODES = 10
APART = timedelta(days=7)  # within this time one head does not both change a number and reset a second factor
ALARM_SPAN = timedelta(minutes=10)
FRESH = timedelta(minutes=10)  # after signing in, while a number may be changed without a code to the old one
NEW_NUMBER_SHOWN = timedelta(hours=24)
WARNING_KEPT = timedelta(hours=12)  # how long a warning to an old number is worth sending
NAMINGS = 10  # tries a day to name somebody of the family, a person
FINDS = 60  # searches a day for people who lost their number, a staff member
FOUND_AT_MOST = 5
ERASED_NAME = "已注销"  # stands where the name was


@dataclass(frozen=True)
class Limit:
    within: timedelta
    count: int
    words: str | Promise


PHONE_LIMITS = (
    Limit(
        timedelta(seconds=60),
        1,
        _("A message was sent less than a minute ago. Wait a minute, then ask again."),
    ),
    Limit(
        timedelta(hours=1),
        5,
        _("This number has had five messages within an hour. Try again in an hour."),
    ),
    Limit(
        timedelta(days=1),
        10,
        _("This number has had ten messages today. Try again tomorrow, or call your station."),
    ),
)
ADDRESS_LIMITS = (
    Limit(
        timedelta(hours=1),
        20,
        _("Too many messages were asked for from here. Try again in an hour."),
    ),
)

# The text a person agrees to. A new version asks everybody again when they next sign in.
TEXT_VERSIONS: dict[str, str] = {
    Consent.Kind.TERMS: "2026-11",
    Consent.Kind.PRIVACY: "2026-11",
    Consent.Kind.PHOTO: "2026-11",
    Consent.Kind.FAMILY: "2026-11",
    Consent.Kind.SMS: "2026-11",
    Consent.Kind.PROXY: "2026-11",
    Consent.Kind.BY_PERSON: "2026-11",
}
REQUIRED = (Consent.Kind.TERMS, Consent.Kind.PRIVACY)


class Paper(TextChoices):
    """By what a desk knew who came without their number. Which one, never its number."""

    ID_CARD = "id_card", _("Identity card")
    HOUSEHOLD = "household", _("Household register")
    SOCIAL = "social", _("Social security card")
    PASSPORT = "passport", _("Passport")
    DRIVING = "driving", _("Driving licence")
    LETTER = "letter", _("Letter of the village or community, with a photo")


NOTICES = {
    "people.recovered": (
        _("Your number was changed"),
        _("Your number was changed at your station. If you did not ask for this, call them."),
    ),
    "people.number_changed": (
        _("Your number was changed"),
        _("The number of your account was changed, with a code to it. If this was not you, call your station at once."),
    ),
    "people.factor_changed": (
        _("Your second step of signing in was changed"),
        _("An app or a passkey was added or removed. If this was not you, call the unit above yours at once."),
    ),
    "people.recovery_code_used": (
        _("A recovery code was used"),
        _("One of your recovery codes opened your account. If this was not you, call the unit above yours at once."),
    ),
    "people.factor_reset": (
        _("Your second step of signing in was reset"),
        _("The unit above yours has reset it. Set up a new one when you next sign in. If you did not ask, call them."),
    ),
    "people.unguarded": (
        _("Your guardian has left"),
        _("Your guardian has deleted their account. Ask another one on your page before you order again."),
    ),
    "people.guarded": (
        _("Your guardian has agreed"),
        _("Your guardian has agreed. You can order and sign up now."),
    ),
    "people.many_codes": (
        _("Unusually many sign-in codes"),
        _("%(count)s codes were asked for within ten minutes. Nothing is blocked; have a look."),
    ),
}

Posts = Callable[[datetime], Iterable[QuerySet[Model]]]
Operators = Callable[[datetime], Iterable[Person]]
_posts: list[Posts] = []
_operators: list[Operators] = []


def staff_are(posts: Posts) -> Posts:
    """Say which rows make their `person` staff at a moment. A higher floor knows posts and registers them here."""
    if posts not in _posts:
        _posts.append(posts)
    return posts


def posts_at(at: datetime) -> list[QuerySet[Model]]:
    """All rows whose `person` is staff at this moment."""
    return [rows for posts in _posts for rows in posts(at)]


def operators_are(answer: Operators) -> Operators:
    """Say who hears alarms and may end anybody's session."""
    if answer not in _operators:
        _operators.append(answer)
    return answer


def is_staff(person: Person, at: datetime) -> bool:
    return any(rows.filter(person=person.pk).exists() for rows in posts_at(at))


def operators(at: datetime) -> list[Person]:
    return [person for answer in _operators for person in answer(at)]


def is_over(sign_in: SignIn, at: datetime) -> bool:
    """Whether this browser must sign in again. It knows whether its person holds a post."""
    if sign_in.ended_at is not None or at - sign_in.at > RESIDENT_WHOLE:
        return True
    rested = at - sign_in.seen_at > STAFF_IDLE or at - sign_in.at > STAFF_WHOLE
    left_half_way = owes_factor(sign_in) and at - sign_in.at > HALF_WAY
    return sign_in.official and (rested or left_half_way)


def owes_factor(sign_in: SignIn) -> bool:
    """Whether this browser is half way in: the phone is proven, the second factor is not."""
    return sign_in.official and sign_in.proved_at is None


def is_proven(sign_in: SignIn, at: datetime) -> bool:
    """Whether the second factor was shown here so lately that factors and the number may be changed."""
    return sign_in.ended_at is None and sign_in.proved_at is not None and at - sign_in.proved_at <= PROVEN


def ends_session(person: Person, sign_in: SignIn, at: datetime) -> bool:
    return person.pk == sign_in.person_id or person in operators(at)


def is_minor(person: Person, today: date) -> bool:
    """Under 14: the law asks for a guardian. An unknown date of birth is a grown-up's."""
    age = person.age(today)
    return age is not None and age < GUARDED_UNDER


def is_grown_up(person: Person, today: date) -> bool:
    age = person.age(today)
    return age is not None and age >= GROWN_UP


def is_long_away(person: Person, at: datetime) -> bool:
    return at - (person.last_login or person.made_at) > LONG_AWAY


def is_fresh(sign_in: SignIn, at: datetime) -> bool:
    return sign_in.ended_at is None and at - sign_in.at <= FRESH


def has_new_number(person: Person, at: datetime) -> bool:
    """Whether the number was changed so lately that the person should be shown it."""
    return person.number_changed_at is not None and at - person.number_changed_at <= NEW_NUMBER_SHOWN


def plain_name(name: str) -> str:
    """As names are compared: spaces and capitals make no other name."""
    return "".join(name.split()).casefold()


def shares_phone(person: Person, other: Person) -> bool:
    return bool(person.phone_index) and person.phone_index == other.phone_index


def asks_guardian(person: Person, ward: Person) -> bool:
    return person.pk == ward.pk or shares_phone(person, ward)


def is_asked(person: Person, guardianship: Guardianship) -> bool:
    """The one whose phone was named, and not the child's own household."""
    named = bool(person.phone_index) and person.phone_index == guardianship.phone_index
    return named and not shares_phone(person, guardianship.ward)


def ends_guardianship(person: Person, guardianship: Guardianship) -> bool:
    return (
        person.pk in {guardianship.guardian_id, guardianship.ward_id}
        or is_asked(person, guardianship)
        or shares_phone(person, guardianship.ward)
    )
