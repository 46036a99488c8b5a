"""A copy of what is held on me, and deleting my account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.once import once
from baixing.kernel.sheets import csv_answer
from baixing.people import actions
from baixing.people.forms import EraseForm
from baixing.people.rules.above import Held, duties, holdings
from baixing.people.sessions import sign_out, signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
UNFIT = 422


@require_safe
@signed_in_only
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/data.html", {"held": holdings(signed_in(request), now())})


@require_safe
@never_cache
@signed_in_only
def data_json(request: HttpRequest) -> HttpResponse:
    held = {part.part: part.rows for part in holdings(signed_in(request), now())}
    answer = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _file(answer, "json")


@require_safe
@never_cache
@signed_in_only
def data_csv(request: HttpRequest) -> HttpResponse:
    header = [_("Section"), _("Row number"), _("Heading"), _("Value")]
    rows = [row for part in holdings(signed_in(request), now()) for row in _rows(part)]
    body = csv_answer(_("My data"), header, rows, demo=settings.DEMO)
    return _file(HttpResponse(body, content_type="text/csv; charset=utf-8"), "csv")


def _rows(held: Held) -> list[list[object]]:
    return [
        [held.part, number, heading, value]
        for number, row in enumerate(held.rows, start=1)
        for heading, value in row.items()
    ]


def _file(answer: HttpResponse, ending: str) -> HttpResponse:
    """Named by the day alone: a name in it would be read over a shoulder."""
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{now().astimezone(LOCAL):%Y%m%d}.{ending}"'
    return answer


@PAGE
@never_cache
@signed_in_only
def erase(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _erase(request)
    return _erase_page(request, EraseForm(person=signed_in(request)))


@once
def _erase(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = EraseForm(request.POST, person=person)
    if not form.is_valid():
        return _erase_page(request, form, status=UNFIT)
    actions.erase(person, by=person, at=now())
    sign_out(request)
    messages.success(request, _("Your account is deleted. Thank you for having been here."))
    answer = redirect("/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _erase_page(request: HttpRequest, form: EraseForm, status: int = 200) -> HttpResponse:
    person = signed_in(request)
    context = {"form": form, "person": person, "duties": duties(person, now())}
    return render(request, "people/erase.html", context, status=status)
