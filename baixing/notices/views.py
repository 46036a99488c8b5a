from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.notices import actions, queries, rules
from baixing.notices.forms import ChoiceForm, QuietForm
from baixing.notices.models import Channel, Notice

A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A notice in the words of the reader's language."""

    notice: Notice
    words: str


@require_safe
@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    found = queries.visible(_me(request), now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [Line(notice, rules.words(notice.kind, notice.facts)[1]) for notice in page]
    context = {"lines": lines, "page": page, "unread": queries.unread(_me(request), now())}
    return render(request, "notices/notice_list.html", context)


@require_POST
@login_required
@once
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it as read and go to what it is about."""
    notice = get_object_or_404(queries.visible(_me(request), now()), pk=pk)
    actions.read(notice, by=_me(request), at=now())
    return redirect(notice.link or "notices:list")


@require_POST
@login_required
@once
def read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all(_me(request), by=_me(request), at=now())
    return redirect("notices:list")


@require_safe
@login_required
def choices(request: HttpRequest) -> HttpResponse:
    return _show_choices(request, ChoiceForm())


@require_POST
@login_required
@once
def choose(request: HttpRequest, channel: str) -> HttpResponse:
    if channel not in Channel.values:
        raise Http404
    form = ChoiceForm(request.POST)
    if form.is_valid():
        try:
            actions.choose(_me(request), channel, by=_me(request), at=now(), **form.cleaned_data)
        except Unfit as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            return redirect("notices:choices")
    return _show_choices(request, form, status=422)


@require_POST
@login_required
@once
def keep_quiet(request: HttpRequest) -> HttpResponse:
    form = _quiet_form(request, request.POST)
    if form.overtaken:
        return _show_choices(request, ChoiceForm(), form.beside(), status=409)
    if form.is_valid():
        try:
            actions.keep_quiet(_me(request), by=_me(request), at=now(), **form.cleaned_data)
        except Unfit as unfit:
            form.add_error(unfit.field, str(unfit))
        else:
            messages.success(request, _("Your quiet hours are kept."))
            return redirect("notices:choices")
    return _show_choices(request, ChoiceForm(), form, status=422)


def _show_choices(
    request: HttpRequest, form: ChoiceForm, quiet: QuietForm | None = None, status: int = 200
) -> HttpResponse:
    quiet = quiet or _quiet_form(request)
    context = {"quiet": quiet, "ways": queries.ways(_me(request)), "form": form, "email": Channel.EMAIL}
    return render(request, "notices/choices.html", context, status=status)


def _quiet_form(request: HttpRequest, sent: QueryDict | None = None) -> QuietForm:
    """Over the hours that are kept now."""
    return QuietForm(sent, initial=model_to_dict(queries.quiet_of(_me(request))))


def _me(request: HttpRequest) -> AbstractBaseUser:
    if isinstance(request.user, AbstractBaseUser):
        return request.user
    raise Http404
