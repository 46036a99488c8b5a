"""The system's own addresses, and the least that a Django view can be, behind the same middleware."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse  # noqa: TID251 - a view
from django.urls import include, path


def one_line(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("one-line/", one_line), path("", include("baixing.urls"))]

handler400 = "baixing.look.views.bad_request"
handler403 = "baixing.look.views.permission_denied"
handler404 = "baixing.look.views.not_found"
handler500 = "baixing.look.views.server_error"
