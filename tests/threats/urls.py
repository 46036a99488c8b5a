"""A page that fails, beside all others."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from baixing import urls


def broken(_request: HttpRequest) -> HttpResponse:
    message = "a planted secret"
    raise ZeroDivisionError(message)


urlpatterns = [path("broken/", broken), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
