from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from baixing.kernel.prepared import prepared
from baixing.kernel.refusals import NotAllowed
from baixing.kernel.seal import blind
from baixing.look import said
from baixing.notices import queries as notices
from baixing.people import rules
from baixing.people.models import (
    Code,
    Consent,
    Factor,
    Guardianship,
    Person,
    PersonQuerySet,
    RecoveryCode,
    SignIn,
)
from baixing.people.rules import above, factors


def household(phone_index: str) -> PersonQuerySet:
    """The persons who sign in with one phone, the first of them first."""
    if phone_index == "":
        return Person.objects.living().none()
    return Person.objects.living().filter(phone_index=phone_index).order_by("made_at", "pk")


def same_household(phone_index: str) -> list[Person]:
    """The same persons, as a list; nobody without a phone."""
    return _same_household(phone_index) if phone_index else []


@prepared
def _same_household(phone_index: str) -> PersonQuerySet:
    return household(phone_index)


def proven(nonce: str, purpose: str, at: datetime) -> Code | None:
    """The code that was answered rightly with this nonce a moment ago and led to nothing yet."""
    answered = Code.objects.filter(nonce=nonce, purpose=purpose, spent_at=None)
    return answered.filter(used_at__gt=at - rules.PROOF_LIFE).first()


def may_take_number(browser: SignIn | None, old: str, at: datetime) -> bool:
    """Whether somebody has just shown that the old number is theirs: by signing in, or by the code of this nonce."""
    if browser is None:
        return False
    proof = proven(old, Code.Purpose.NUMBER, at)
    return rules.is_fresh(browser, at) or (proof is not None and proof.phone_index == browser.person.phone_index)


def only_one(phone_index: str, at: datetime) -> Person | None:
    """The person behind a phone when there is no doubt who it is."""
    people = list(household(phone_index)[:2])
    sure = len(people) == 1 and not rules.is_long_away(people[0], at)
    return people[0] if sure else None


def known_as(name: str, phone: str) -> Person | None:
    """The person with this whole name behind this phone."""
    wanted = rules.plain_name(name)
    return next((person for person in household(blind(phone)) if rules.plain_name(person.name) == wanted), None)


@dataclass(frozen=True)
class Face:
    """One of a household as the page to choose shows them; somebody long away is masked."""

    pk: int
    name: str


def faces(phone_index: str, at: datetime) -> list[Face]:
    people = household(phone_index)
    return [Face(p.pk, p.masked_name if rules.is_long_away(p, at) else p.name) for p in people]


def recoverable(by: Person, at: datetime) -> PersonQuerySet:
    """Those whose number this staff member may change; refused to whoever has no desk."""
    own = above.recoverable(by, at)
    if own is None:
        raise NotAllowed
    return own


def fitting(own: PersonQuerySet, name: str, *, four: str, born: date | None, number: str) -> list[Person]:
    """Those with this whole name whom everything else given fits too. A name alone fits nobody."""
    if not (four or born or number):
        return []
    if four:
        own = own.tail(four)
    if born:
        own = own.filter(born=born)
    if number:
        own = own.filter(pk__in=above.whose_number(number))
    wanted = rules.plain_name(name)
    fits = [person for person in own.order_by("pk") if rules.plain_name(person.name) == wanted]
    return fits[: rules.FOUND_AT_MOST]


@dataclass(frozen=True)
class Match:
    """Somebody found at a desk, masked: enough to compare with a paper, too little to learn from."""

    pk: int
    name: str
    phone: str
    born: str


def match(person: Person) -> Match:
    born = f"{person.born.year}-**-**" if person.born else ""
    return Match(person.pk, person.masked_name, person.masked_phone, born)


def missing(person: Person, *, named: bool, at: datetime) -> str:
    """What somebody who has proved the phone must still do to be in: name, consent, or nothing."""
    if rules.is_long_away(person, at) and not named:
        return "name"
    return "" if has_consented(person) else "consent"


def code_of(nonce: str) -> Code | None:
    return Code.objects.filter(nonce=nonce).first()


def demo_text(nonce: str) -> str:
    """The message that a demo's provider would have sent; empty everywhere else."""
    sent = code_of(nonce) if settings.DEMO else None
    return notices.demo_text(sent.phone) if sent else ""


def sign_in_of(session_key: str, at: datetime) -> SignIn | None:
    """With its person, and whether they hold a post at this moment, in one question to the database."""
    found = next(iter(_sign_in(session_key, at)), None)
    if found is not None:
        found.official = bool(vars(found)["in_office"])
    return found


@prepared
def _sign_in(session_key: str, at: datetime) -> QuerySet[SignIn]:
    official = [Q(Exists(rows.filter(person=OuterRef("person_id")))) for rows in rules.posts_at(at)]
    found = SignIn.objects.select_related("person").filter(session_key=session_key)
    return found.annotate(in_office=reduce(or_, official, Q(pk=None)))


def factors_of(person: Person) -> QuerySet[Factor]:
    return Factor.objects.filter(person=person).order_by("kind", "pk")


def has_factor(person: Person) -> bool:
    return Factor.objects.filter(person=person).exists()


def recovery_codes_left(person: Person) -> int:
    return RecoveryCode.objects.filter(person=person, used_at=None).count()


def demo_factor(person: Person, at: datetime) -> str:
    """What a demo's authenticator app would show now, unless it was used; empty everywhere else."""
    app = Factor.objects.filter(person=person, kind=Factor.Kind.APP).first() if settings.DEMO else None
    return factors.code_after(app.secret, app.count, at) if app else ""


def sessions_of(person: Person) -> QuerySet[SignIn]:
    """The browsers this person is signed in with, the last used first."""
    return SignIn.objects.filter(person=person, ended_at=None).order_by("-seen_at", "-pk")


def consents_of(person: Person) -> QuerySet[Consent]:
    """The whole ledger of one person, the newest line first."""
    return Consent.objects.filter(person=person).select_related("by", "person").order_by("-given_at", "-pk")


@dataclass(frozen=True)
class ConsentChoice:
    kind: Consent.Kind
    given: Consent | None
    required: bool

    @property
    def words(self) -> str:
        return str(self.kind.label)


def consent_choices(person: Person) -> list[ConsentChoice]:
    """Every kind there is and whether it is given now, the required ones first."""
    live = {c.kind: c for c in _current(person)}
    kinds = sorted(Consent.Kind, key=lambda kind: kind not in rules.REQUIRED)
    return [ConsentChoice(kind, live.get(kind), kind in rules.REQUIRED) for kind in kinds]


def has_consented(person: Person) -> bool:
    """Whether all that the service needs was agreed to, in the text of today."""
    return {c.kind for c in _current(person)} >= set(rules.REQUIRED)


def consents_to(person: Person, kind: str) -> bool:
    return any(c.kind == kind for c in _current(person))


def _current(person: Person) -> list[Consent]:
    live = Consent.objects.filter(person=person, withdrawn_at=None)
    return [c for c in live if c.text_version == rules.TEXT_VERSIONS[c.kind]]


def needs_guardian(person: Person, today: date) -> bool:
    """Under 14 and nobody has confirmed: such a child can look, but not order or sign up."""
    return rules.is_minor(person, today) and not _confirmed(person).exists()


def guardians_of(ward: Person) -> PersonQuerySet:
    return Person.objects.living().filter(wardships__in=_confirmed(ward)).distinct()


def wards_of(guardian: Person) -> PersonQuerySet:
    live = Guardianship.objects.filter(guardian=guardian, confirmed_at__isnull=False, ended_at=None)
    return Person.objects.living().filter(guardianships__in=live).distinct().order_by("pk")


def guardianships_ending_with(person: Person) -> QuerySet[Guardianship]:
    """All that name this person, or a phone that nobody else here has, the ended ones too."""
    named = Q(ward=person) | Q(guardian=person)
    if person.phone_index and not household(person.phone_index).exclude(pk=person.pk).exists():
        named |= Q(phone_index=person.phone_index, guardian=None)
    return Guardianship.objects.filter(named).select_related("ward").order_by("pk")


def guardianships_of(person: Person) -> QuerySet[Guardianship]:
    """All live ones this person has a part in: as a child, as guardian, or as the one asked."""
    mine = Q(ward=person) | Q(guardian=person)
    if person.phone_index:
        mine |= Q(phone_index=person.phone_index, guardian=None)
        mine |= Q(ward__phone_index=person.phone_index)
    live = Guardianship.objects.filter(mine, ended_at=None)
    return live.select_related("ward", "guardian").order_by("asked_at", "pk")


@dataclass(frozen=True)
class Bond:
    """A guardianship as one of its people may see it: a child is named in full to their own only."""

    pk: int
    child: str
    grown_up: str
    shown: str
    confirmed_at: datetime | None
    may_confirm: bool


def bonds_of(person: Person) -> list[Bond]:
    return [_bond(person, guardianship) for guardianship in guardianships_of(person)]


def _bond(person: Person, guardianship: Guardianship) -> Bond:
    ward, guardian = guardianship.ward, guardianship.guardian
    own = person.pk in {ward.pk, guardianship.guardian_id} or rules.shares_phone(person, ward)
    return Bond(
        pk=guardianship.pk,
        child=ward.name if own else ward.masked_name,
        grown_up=guardian.masked_name if guardian else "",
        shown=said.masked_phone(guardianship.phone),
        confirmed_at=guardianship.confirmed_at,
        may_confirm=guardian is None and rules.is_asked(person, guardianship),
    )


def _confirmed(ward: Person) -> QuerySet[Guardianship]:
    return Guardianship.objects.filter(
        ward=ward,
        confirmed_at__isnull=False,
        ended_at=None,
        guardian__is_active=True,
        guardian__erased_at=None,
    )
