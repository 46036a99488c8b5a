"""Certificates: of the volunteer, and of those who put them on show and issue them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.hours import actions
from baixing.hours.forms import WordsForm
from baixing.hours.models import Certificate
from baixing.hours.queries import certificates as queries
from baixing.hours.queries import credentials, exports, sheet
from baixing.hours.rules.lives import CERTIFICATE, ON_SHOW
from baixing.hours.views.reading import UNFIT, in_office, standing
from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.people.sessions import signed_in, signed_in_only

ROWS = 30
GIVEN_OUT = frozenset({"issued", "revoked"})


@require_safe
@signed_in_only
def certificates(request: HttpRequest) -> HttpResponse:
    """On their way, in the units one is in charge of."""
    page = Paginator(queries.waiting_for(in_office(request), now()), ROWS).get_page(request.GET.get("page", ""))
    return render(request, "hours/certificates.html", {"page": page})


@require_safe
@signed_in_only
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk), WordsForm())


@require_safe
@signed_in_only
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet, typeset when it is asked for."""
    found = _given_out(request, pk)
    answer = HttpResponse(sheet.pdf(found, request.build_absolute_uri), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    return answer


@require_safe
@signed_in_only
def own_snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a machine."""
    found = _given_out(request, pk)
    answer = JsonResponse(exports.certificate_file(found), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return answer


@require_POST
@signed_in_only
@once
def publicise(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    actions.publicise(found, by=signed_in(request), at=now())
    messages.success(request, _("It is on show for seven days."))
    return redirect("hours:certificate", pk)


@require_POST
@signed_in_only
@once
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    actions.issue(found, by=signed_in(request), at=now())
    messages.success(request, _("The certificate is issued."))
    return redirect("hours:certificate", pk)


@require_POST
@signed_in_only
@once
def refuse_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, "refuse", actions.refuse_certificate)


@require_POST
@signed_in_only
@once
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    return _end(request, pk, "revoke", actions.revoke)


def _end(request: HttpRequest, pk: int, verb: str, deed: Callable[..., None]) -> HttpResponse:
    found, form = _seen(request, pk), WordsForm(request.POST)
    if refusal := CERTIFICATE.refusal(verb, standing(request), found):
        raise refusal
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    deed(found, words=form.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("It is written down. The volunteer reads why."))
    return redirect("hours:certificate", pk)


def _page(request: HttpRequest, found: Certificate, form: WordsForm, status: int = 200) -> HttpResponse:
    holds = found.state == Certificate.State.ISSUED and found.volunteer.person_id == signed_in(request).pk
    context = {
        "certificate": found,
        "corrected": queries.corrected(found) if found.state == Certificate.State.ISSUED else None,
        "may_draft": holds and queries.may_draft(found.volunteer),
        "told": found.snapshot,
        "powers": CERTIFICATE.powers(standing(request), found),
        "until": found.publicised_at + ON_SHOW if found.publicised_at else None,
        "given_out": found.state in GIVEN_OUT,
        "holds": holds,
        "gives": credentials.gives(),
        "form": form,
    }
    return render(request, "hours/certificate.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> Certificate:
    return get_object_or_404(queries.visible_certificates(standing(request)), pk=pk)


def _given_out(request: HttpRequest, pk: int) -> Certificate:
    found = _found(request, pk)
    if found.state not in GIVEN_OUT:
        raise Http404
    return found


def _seen(request: HttpRequest, pk: int) -> Certificate:
    return _found(request, pk).as_seen(seen_version(request))
