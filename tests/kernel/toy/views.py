"""What can become of a form: it is done, done without a guard, refused, or shown again."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow
from tests.kernel.toy.models import Lamp


def careless(_request: HttpRequest) -> HttpResponse:
    return redirect(f"/lamps/{Lamp.objects.create().pk}/")


@once
def careful(_request: HttpRequest) -> HttpResponse:
    return redirect(f"/lamps/{Lamp.objects.create().pk}/")


@once
def refused(request: HttpRequest) -> HttpResponse:
    """Says no after it has begun, unless it is told `agree`."""
    lamp = Lamp.objects.create()
    if request.GET.get("agree") is None:
        raise NotNow("the lamp is <not> for sale")
    return redirect(f"/lamps/{lamp.pk}/")


@once
def invalid(_request: HttpRequest) -> HttpResponse:
    Lamp.objects.create()
    return HttpResponse("the form with its faults", status=422)


def without_database(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server closed the connection")
