"""A session is planned, alone or with many of its like, changed, opened and called off."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Refused, Unfit
from baixing.look.said import said_near_date
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.forms.planning import PlanForm, WhichForm
from baixing.schedule.forms.sessions import SessionForm, WhyForm, as_planned
from baixing.schedule.models import Session
from baixing.schedule.queries import pages
from baixing.schedule.queries.repeating import Date, dates_of, spaces_for
from baixing.schedule.rules import LIFE, Standing
from baixing.schedule.rules.booking import Hindered, Hindrance
from baixing.schedule.views.finding import within_sight
from baixing.schedule.views.sessions import OVERTAKEN, PAGE, UNFIT, show


@PAGE
@signed_in_only
def plan(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A new session of a unit or of a team that one runs."""
    one = Standing(signed_in(request), now())
    place = queries.place_of(one, kind, pk)
    if place is None:
        raise NotAllowed(_("Only the head and the staff of the unit, or the leader of the team, can plan this."))
    if request.method == "POST":
        return _plan(request, place)
    return _plan_page(request, place, PlanForm(spaces=spaces_for(place)))


@once
def _plan(request: HttpRequest, place: queries.Place) -> HttpResponse:
    """Of many, the dates are shown first; they are kept when the same form comes with their digest."""
    form = PlanForm(request.POST, spaces=spaces_for(place))
    if not form.is_valid():
        return _plan_page(request, place, form, UNFIT)
    try:
        asked = form.asked()
        if asked is not None and not form.has_seen(asked):
            return _plan_page(request, place, form, dates=dates_of(asked))
        planned, space = form.planned(place.unit, place.team), form.space_said()
        made = actions.plan_again(planned, form.again(), space=space, by=signed_in(request), at=now())
    except (Unfit, NotAllowed, NotNow) as no:
        _tell(form, no)
        return _plan_page(request, place, form, UNFIT, dates=_dates(form) if isinstance(no, Hindered) else ())
    messages.success(request, _planned_words(len(made)))
    return redirect("schedule:session", made[0].pk)


def _planned_words(number: int) -> str:
    words = ngettext(
        "It is planned, and nobody but you sees it yet. Look at it, then open it.",
        "%(number)d are planned, and nobody but you sees them yet. Look at them, then open them.",
        number,
    )
    return words % {"number": number}


def _dates(form: PlanForm) -> list[Date]:
    asked = form.asked()
    return dates_of(asked) if asked is not None else []


def _plan_page(
    request: HttpRequest, place: queries.Place, form: PlanForm, status: int = 200, dates: Sequence[Date] = ()
) -> HttpResponse:
    asked = form.asked() if dates else None
    hindered = any(date.barrier and not date.left_out for date in dates)
    context = {"place": place, "form": form, "dates": dates, "seen": asked and asked.digest, "hindered": hindered}
    return render(request, "schedule/plan.html", context, status=status)


@PAGE
@signed_in_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = within_sight(request, pk)
    LIFE.check("change", Standing(signed_in(request), now()), found)
    if request.method == "POST":
        return _change(request, found)
    return _change_page(request, found, SessionForm(initial=_initial(found)))


@once
def _change(request: HttpRequest, found: Session) -> HttpResponse:
    form, version = SessionForm(request.POST, initial=_initial(found)), seen_version(request)
    which = _which(request, found)
    if not (form.is_valid() and which.is_valid()):
        found.version = version or 0
        return _change_page(request, found, form, UNFIT, which)
    try:
        seen, like = found.as_seen(version), which.cleaned_data["which"]
        made = actions.change_all(seen, like, form.changes(), form.needs(), by=signed_in(request), at=now())
    except Overtaken:
        found.refresh_from_db()
        beside = SessionForm(request.POST, initial=_initial(found)).beside()
        return _change_page(request, found, beside, OVERTAKEN, which)
    except Unfit as no:
        _tell(form, no)
        found.version = version or 0
        return _change_page(request, found, form, UNFIT, which, no.hindrances if isinstance(no, Hindered) else ())
    messages.success(request, _changed_words(len(made)))
    return redirect("schedule:session", found.pk)


def _changed_words(number: int) -> str:
    words = ngettext(
        "The changes are kept. Whoever signed up is told of another time or place.",
        "The changes are kept for %(number)d of them. Whoever signed up is told of another time or place.",
        number,
    )
    return words % {"number": number}


def _which(request: HttpRequest, found: Session) -> WhichForm:
    """Of one that does not recur nothing is asked."""
    return WhichForm(request.POST if found.recurrence_id else {"which": actions.ONE})


def _change_page(
    request: HttpRequest,
    found: Session,
    form: SessionForm,
    status: int = 200,
    which: WhichForm | None = None,
    hindrances: Sequence[Hindrance] = (),
) -> HttpResponse:
    asks = (which or WhichForm()) if found.recurrence_id else None
    context = {"session": found, "form": form, "which": asks, "hindrances": hindrances}
    return render(request, "schedule/change.html", context, status=status)


def _initial(found: Session) -> dict[str, object]:
    return as_planned(found, pages.kinds_of(found))


def _tell(form: SessionForm, no: Refused) -> None:
    fields = {"start": "begins", "end": "ends", "headcount": "space", "roles": "role_1", "least": "least_1"}
    name = fields.get(no.field or "", no.field)
    form.add_error(name if name in form.fields else None, str(no))


@require_POST
@signed_in_only
@once
def open_session(request: HttpRequest, pk: int) -> HttpResponse:
    found = within_sight(request, pk)
    LIFE.check("open", Standing(signed_in(request), now()), found)
    which = _which(request, found)
    if not which.is_valid():
        raise Unfit(_("Say for which of them."), field="which")
    found = found.as_seen(seen_version(request))
    opened = actions.open_all(found, which.cleaned_data["which"], by=signed_in(request), at=now())
    words = ngettext("It is open. People can sign up now.", "%(number)d are open. People can sign up now.", len(opened))
    messages.success(request, words % {"number": len(opened)})
    return redirect("schedule:session", found.pk)


@require_POST
@signed_in_only
@once
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = within_sight(request, pk), WhyForm(request.POST)
    LIFE.check("call_off", Standing(signed_in(request), now()), found)
    which = _which(request, found)
    if not (why.is_valid() and which.is_valid()):
        return show(request, found, why=why, status=UNFIT)
    found, like, words = found.as_seen(seen_version(request)), which.cleaned_data["which"], why.cleaned_data["words"]
    off = actions.call_off_all(found, like, words=words, by=signed_in(request), at=now())
    to_call = [one for one, missed in off if missed]
    for one in to_call:
        said = {"day": said_near_date(one.start.astimezone(LOCAL))}
        messages.warning(request, _("%(day)s: please phone those on the call list; no message reaches them.") % said)
    if to_call:
        return redirect("schedule:call_list", to_call[0].pk)
    done = ngettext(
        "It is called off. Everybody who signed up has been told.",
        "%(number)d are called off. Everybody who signed up has been told.",
        len(off),
    )
    messages.success(request, done % {"number": len(off)})
    return redirect("schedule:session", found.pk)
