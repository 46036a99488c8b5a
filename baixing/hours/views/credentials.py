"""A certificate as a credential for its holder; and what everybody needs to verify one without us."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from baixing.hours.models import Certificate
from baixing.hours.queries import credentials as queries
from baixing.kernel.calendar import now
from baixing.people.sessions import signed_in, signed_in_only

CREDENTIAL = "application/vc"  # W3C, Verifiable Credentials 2.0, C.1: JSON-LD with its proof in it
DOCUMENT = "application/did+ld+json"
AN_HOUR = "public, max-age=3600"


@require_safe
@signed_in_only
def credential(request: HttpRequest, pk: int) -> HttpResponse:
    """For its holder alone, with the name as they wish it to be read."""
    rows = Certificate.objects.given_out().select_related("volunteer__person", "unit")
    found = get_object_or_404(rows, pk=pk, volunteer__person=signed_in(request))
    masked = request.GET.get("name") == "masked"
    told = queries.credential(found, request.build_absolute_uri, masked=masked, at=now())
    answer = _json(told, CREDENTIAL)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.vc.json"'
    return answer


@require_safe
def issuer(_request: HttpRequest) -> HttpResponse:
    """The issuer's document: whoever keeps a copy verifies without us."""
    return _published(queries.issuer_document(), DOCUMENT, "did.json")


@require_safe
def revoked_list(request: HttpRequest, number: int) -> HttpResponse:
    """One bit a credential, and nothing that says whose it is."""
    return _published(
        queries.revoked_list(number, request.build_absolute_uri, now()), CREDENTIAL, f"revoked-{number}.json"
    )


def _published(told: dict[str, object] | None, kind: str, name: str) -> HttpResponse:
    """For programs of other places, those in a browser too."""
    if told is None:
        raise Http404
    answer = _json(told, kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = AN_HOUR
    return answer


def _json(told: dict[str, object], kind: str) -> HttpResponse:
    return JsonResponse(told, content_type=kind, json_dumps_params={"ensure_ascii": False})
