"""Pages of remembrance, and what people leave there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.kernel.refusals import NotNow
from baixing.kernel.rows import add
from baixing.network.models import Unit
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.programme.models import Remembrance, Tribute
from baixing.programme.rules import REMEMBRANCE_LIFE, TRIBUTE_LIFE, Standing, check_keeper

T = Tribute.State


@transaction.atomic
def add_remembrance(unit: Unit, facts: Mapping[str, object], *, by: Person, at: datetime) -> Remembrance:
    check_keeper(Standing(by, at), unit)
    made = Remembrance(unit=unit, made_by=by, made_at=at, **facts)
    made.save(force_insert=True)
    journal.write("add_remembrance", made, by=by, at=at, unit=unit.pk)
    return made


@transaction.atomic
def change_remembrance(found: Remembrance, facts: Mapping[str, object], *, by: Person, at: datetime) -> None:
    REMEMBRANCE_LIFE.check("change_remembrance", Standing(by, at), found)
    found.step(found.state, **facts)
    journal.write("change_remembrance", found, by=by, at=at)


@transaction.atomic
def publish_remembrance(found: Remembrance, *, by: Person, at: datetime) -> None:
    REMEMBRANCE_LIFE.move("publish_remembrance", Standing(by, at), found)
    journal.write("publish_remembrance", found, by=by, at=at)


@transaction.atomic
def close_remembrance(found: Remembrance, *, by: Person, at: datetime) -> None:
    """Nothing more is left there; flowers and words stay."""
    REMEMBRANCE_LIFE.move("close_remembrance", Standing(by, at), found)
    journal.write("close_remembrance", found, by=by, at=at)


@transaction.atomic
def leave_tribute(found: Remembrance, flower: str, words: str, *, by: Person, at: datetime) -> Tribute:
    """The flower lies there at once; words are read by whoever keeps the page before anybody else reads them."""
    if found.state != Remembrance.State.PUBLISHED:
        raise NotNow(_("Nothing more is left on this page."))
    state = T.WAITING if words else T.SHOWN
    made = Tribute(page=found, by=by, flower=flower, words=words, at=at, state=state)
    if not add(made):
        raise NotNow(_("Your flower lies here already."))
    journal.write("leave_tribute", made, by=by, at=at, page=found.pk)
    if words:
        _ask_keepers(found, by, at)
    return made


@transaction.atomic
def withdraw_tribute(tribute: Tribute, *, by: Person, at: datetime) -> None:
    """With its words, which nobody keeps."""
    TRIBUTE_LIFE.move("withdraw_tribute", Standing(by, at), tribute, words="")
    journal.write("withdraw_tribute", tribute, by=by, at=at)


@transaction.atomic
def show_words(tribute: Tribute, *, by: Person, at: datetime) -> None:
    TRIBUTE_LIFE.move("show_words", Standing(by, at), tribute, decided_by=by, decided_at=at)
    journal.write("show_words", tribute, by=by, at=at)


@transaction.atomic
def keep_back(tribute: Tribute, *, by: Person, at: datetime) -> None:
    """The words are not shown; the flower stays. Whoever left them is told, and nobody else."""
    TRIBUTE_LIFE.move("keep_back", Standing(by, at), tribute, decided_by=by, decided_at=at)
    journal.write("keep_back", tribute, by=by, at=at)
    if tribute.by is not None:
        _tell(tribute.page, "tribute.kept_back", [tribute.by], at)


def forget_tributes(person: Person) -> None:
    """The words go, the flowers stay, and nobody can tell any more whose they were."""
    Tribute.objects.filter(by=person).update(by=None, words="")


def _ask_keepers(found: Remembrance, by: Person, at: datetime) -> None:
    """Once a day for each page, however many leave words."""
    people = [one for one in holders(found.unit, IN_CHARGE, at) if one.pk != by.pk]
    _tell(found, "tribute.left", people, at, once=f"words:{found.pk}:{at:%Y-%m-%d}", more="words/")


def _tell(found: Remembrance, kind: str, people: list[Person], at: datetime, *, once: str = "", more: str = "") -> None:
    link = f"/remembrance/{found.pk}/{more}"
    notices.tell_all([Word(people, kind, {"title": found.title}, link, thing=name_of(found), once_key=once)], at=at)
