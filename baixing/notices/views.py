from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow, Unfit
from baixing.look.said import device_words
from baixing.notices import actions, queries, rules
from baixing.notices.channels import is_set_up
from baixing.notices.channels.keys import public_key
from baixing.notices.channels.wechat import openid_of, way_to_link
from baixing.notices.forms import BrowserForm, ChoiceForm, LinkForm, QuietForm
from baixing.notices.models import Channel, Notice

A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A notice in the words of the reader's language, and by which ways it came too late to be sent."""

    notice: Notice
    words: str
    late: list[str]


@require_safe
@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    found = queries.visible(_me(request), now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    late = queries.not_sent(page)
    lines = [Line(one, rules.words(one.kind, one.facts)[1], late.get(one.pk, [])) for one in page]
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
    form = ChoiceForm(request.POST, channel)
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


@require_POST
@login_required
@once
def subscribe(request: HttpRequest) -> HttpResponse:
    """Be told in this browser."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        raise NotNow(_("This browser did not say where it can be reached. Please try again."))
    browser = device_words(request.headers.get("User-Agent", ""))
    here = getattr(request, "sign_in", None)  # set by the middleware that knows sign-ins
    actions.subscribe(_me(request), browser=browser, sign_in=here, by=_me(request), at=now(), **form.cleaned_data)
    messages.success(request, _("You are told in this browser from now on."))
    return redirect("notices:choices")


@require_POST
@login_required
@once
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    subscription = get_object_or_404(queries.browsers(_me(request)), pk=pk)
    actions.unsubscribe(subscription, by=_me(request), at=now())
    return redirect("notices:choices")


@require_safe
@login_required
def wechat(request: HttpRequest) -> HttpResponse:
    """Back from WeChat. Changes nothing yet: the person says so once more."""
    form = LinkForm(request.GET)
    if not is_set_up(Channel.WECHAT):
        raise Http404
    if not (form.is_valid() and rules.set_out(_me(request), form.cleaned_data["state"], now())):
        raise NotNow(_("WeChat did not confirm it. Please start again from “How to be told”."))
    return render(request, "notices/wechat.html", {"linked": form.cleaned_data})


@require_POST
@login_required
def link_wechat(request: HttpRequest) -> HttpResponse:
    """Asks WeChat whose the code is, holding no transaction meanwhile. A code is good for one answer."""
    form = LinkForm(request.POST)
    if not is_set_up(Channel.WECHAT):
        raise Http404
    if not (form.is_valid() and rules.set_out(_me(request), form.cleaned_data["state"], now())):
        raise NotNow(_("WeChat did not confirm it. Please start again from “How to be told”."))
    actions.link_wechat(_me(request), openid_of(form.cleaned_data["code"]), by=_me(request), at=now())
    messages.success(request, _("You are told in WeChat from now on."))
    return redirect("notices:choices")


def _show_choices(
    request: HttpRequest, form: ChoiceForm, quiet: QuietForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "quiet": quiet or _quiet_form(request),
        "ways": queries.ways(_me(request), now()),
        "form": form,
        "push_key": public_key() if is_set_up(Channel.PUSH) else "",
        "wechat_link": _wechat_link(request) if is_set_up(Channel.WECHAT) else "",
    }
    return render(request, "notices/choices.html", context, status=status)


def _wechat_link(request: HttpRequest) -> str:
    """The way to WeChat; empty outside its own browser, where it would lead nowhere."""
    if "MicroMessenger" not in request.headers.get("User-Agent", ""):
        return ""
    back = request.build_absolute_uri(reverse("notices:wechat"))
    return way_to_link(back, rules.linking_state(_me(request), now()))


def _quiet_form(request: HttpRequest, sent: QueryDict | None = None) -> QuietForm:
    """Over the hours that are kept now."""
    return QuietForm(sent, initial=model_to_dict(queries.quiet_of(_me(request))))


def _me(request: HttpRequest) -> AbstractBaseUser:
    if isinstance(request.user, AbstractBaseUser):
        return request.user
    raise Http404
