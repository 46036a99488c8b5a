"""What everybody may read: certificates on show, whether one is true, and the roots of the ledger."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baixing.hours import actions
from baixing.hours.forms import VerifyForm, WordsForm
from baixing.hours.models import Certificate, LedgerRoot
from baixing.hours.queries import certificates as queries
from baixing.hours.queries import credentials, exports
from baixing.hours.rules.lives import ON_SHOW
from baixing.hours.views.reading import UNFIT
from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.people.sessions import signed_in, signed_in_only

ROWS = 30


@require_safe
def publicity(request: HttpRequest) -> HttpResponse:
    """Number, masked name and total of each certificate that is about to be issued."""
    rows = Certificate.objects.on_show().select_related("volunteer__person", "unit").order_by("-publicised_at", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page", ""))
    return render(request, "hours/publicity.html", {"page": page, "days": ON_SHOW.days})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def object_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Certificate.objects.on_show().select_related("volunteer__person", "unit")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        return _object(request, found)
    return _object_page(request, found, WordsForm())


@once
def _object(request: HttpRequest, found: Certificate) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _object_page(request, found, form, UNFIT)
    actions.object_to(found, words=form.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("Somebody of the unit will look at it and answer you."))
    return redirect("hours:publicity")


def _object_page(request: HttpRequest, found: Certificate, form: WordsForm, status: int = 200) -> HttpResponse:
    return render(request, "hours/object_certificate.html", {"certificate": found, "form": form}, status=status)


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Is the sheet in somebody's hand true? Nobody signs in for it."""
    asked = {"code": code or request.GET.get("code", "")}
    form = VerifyForm(asked) if asked["code"] else VerifyForm()
    answer = queries.answer_for(form.cleaned_data["code"]) if form.is_bound and form.is_valid() else None
    missing = form.is_bound and form.is_valid() and answer is None
    context = {"form": form, "answer": answer, "missing": missing, "gives": credentials.gives()}
    return render(request, "hours/verify.html", context, status=404 if missing else 200)


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    page = Paginator(LedgerRoot.objects.all(), ROWS).get_page(request.GET.get("page", ""))
    return render(request, "hours/roots.html", {"page": page})


@require_safe
def roots_file(_request: HttpRequest) -> HttpResponse:
    """The same for a machine: whoever keeps it can tell later whether a line was changed."""
    answer = JsonResponse(exports.roots_file(now()), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="roots.json"'
    return answer
