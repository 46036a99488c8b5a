"""The promises about sessions and sign-ups (LIVES, part 5: I3, I12, I14, I15), looked for in seats, lines and doors."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, Model, OuterRef, Sum

from baixing.journal.models import Entry
from baixing.schedule.models import SEATED, Attendance, Role, Session, Signup

AT_ONCE = 900  # things named in one question
HERE = (Signup.State.CHECKED_IN, Signup.State.ATTENDED)


def session_faults() -> Iterator[str]:
    yield from _seats()
    yield from _doors()
    yield from _told(Session)
    yield from _told(Signup)


def _seats() -> Iterator[str]:
    """I12, I14: the seats that are taken are those of the heads who hold one."""
    seated = Signup.objects.filter(state__in=SEATED).order_by().values_list("role")
    heads = dict(seated.annotate(heads=Sum("headcount")))
    for pk, session, taken in Role.objects.order_by("pk").values_list("pk", "session", "taken").iterator():
        if taken != heads.get(pk, 0):
            yield f"Session {session} says that {taken} seats are taken, and {heads.get(pk, 0)} people hold one."


def _doors() -> Iterator[str]:
    """I15: whoever is here, or was, came once."""
    own = Attendance.objects.filter(signup=OuterRef("pk"), came=True)
    for pk in Signup.objects.filter(~Exists(own), state__in=HERE).order_by("pk").values_list("pk", flat=True):
        yield f"Sign-up {pk} is told to have come, and nothing says when."
    others = Attendance.objects.filter(came=True, signup__isnull=False).exclude(signup__state__in=HERE)
    for pk in others.order_by("pk").values_list("signup", flat=True):
        yield f"Sign-up {pk} is not told to have come, and somebody came with it."


def _told(model: type[Session | Signup]) -> Iterator[str]:
    """I3: the last line of each is its state; what has no line at all was made before lines were kept."""
    last = 0
    rows = model._base_manager.order_by("pk").values_list("pk", "state")
    while batch := dict(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = max(batch)
        for pk, said in _last_states(model, batch).items():
            if said != batch[pk]:
                name = str(model._meta.verbose_name).capitalize()
                yield f"{name} {pk} is {batch[pk]}, and its journal says {said}."


def _last_states(model: type[Model], keys: dict[int, str]) -> dict[int, str]:
    names = {f"{model._meta.label_lower}:{pk}": pk for pk in keys}
    lines = Entry.objects.filter(thing__in=names).order_by("thing", "seq").values_list("thing", "state")
    return {names[thing]: state for thing, state in lines}
