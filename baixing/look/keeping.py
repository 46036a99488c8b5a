"""What a person's own device keeps of our pages, so that a draft outlives a lost network and a closed browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase

from baixing.kernel.seal import blind

BY_SCRIPT = "Baixing-Script"  # on a form that a script sends: it cannot see where it is led, so it asks to be told
GO = "Baixing-Go"  # the answer: where to go now
KEEP = "Baixing-Keep"  # on a page: the device of this person may show it again without a network
DONE, SIGN_IN = 204, 401

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def owner(request: HttpRequest) -> str:
    """A mark of the person signed in that tells nothing about them; empty when nobody is."""
    person = getattr(request, "user", None)  # there is none yet on a page that failed early
    return blind(f"device:{person.pk}")[:24] if person is not None and person.is_authenticated else ""


def keep(request: HttpRequest, answer: HttpResponse, *, own: bool = True) -> HttpResponse:
    """Let the device of its reader keep this page until they sign out; what concerns somebody else is not kept."""
    if own and (mark := owner(request)):
        answer.headers[KEEP] = mark
    return answer


def led(view: View[P]) -> View[P]:
    """A form sent by a script is answered with the address to go to: 204 when it is done, 401 when to sign in."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if BY_SCRIPT not in request.headers or not isinstance(answer, HttpResponseRedirectBase):
            return answer
        status = DONE if request.user.is_authenticated else SIGN_IN
        return HttpResponse(status=status, headers={GO: answer.url})

    return told
