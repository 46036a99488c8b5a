"""A form sent twice has one effect and one answer: two taps, a lost answer, a page gone back to.

`once` is for a deed of one transaction, `once_in_parts` for a long one, whose parts have each its own and its own key.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from baixing.kernel.calendar import now
from baixing.kernel.http import told
from baixing.kernel.models import OnceKey
from baixing.kernel.refusals import Overtaken
from baixing.kernel.rows import add
from baixing.kernel.seal import blind

KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
NOT_SAID = frozenset({"key", "csrfmiddlewaretoken"})  # what differs between two sendings of one form
_ANSWERED = "UPDATE kernel_oncekey SET result = %s WHERE id = %s"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Told = dict[str, Any]  # what a part says of itself, as JSON


def new_key() -> str:
    """The key of a form that is about to be shown."""
    return secrets.token_hex(16)


def once(view: View[P]) -> View[P]:
    """Run a POST view in one transaction with its key. Only an answer that redirects has an effect:
    a refusal, or the form shown again with its faults, takes everything back and leaves the key unused.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not KEY.fullmatch(request.POST.get("key", "")):
            return _incomplete(request)
        try:
            with transaction.atomic():
                return _answer(request, lambda: view(request, *args, **kwargs))
        except _NoEffectError as none:
            return none.answer

    return guarded


def once_in_parts(view: View[P]) -> View[P]:
    """A POST view in no transaction of its own, which changes nothing but in its `part`s.

    Whoever sends its form again gets what the parts that were done have said, and those done that were not.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not KEY.fullmatch(request.POST.get("key", "")):
            return _incomplete(request)
        begun = OnceKey.objects.filter(owner=_owner(request), key=_key_of_part(request, 0)).first()
        if begun is not None and begun.digest != _digest(request):
            return _with_other_words(request)
        return view(request, *args, **kwargs)

    return guarded


def part(request: HttpRequest, number: int, deed: Callable[[], Told]) -> Told:
    """Do this part in a transaction of its own, unless it was done; what it says of itself, now or then."""
    with transaction.atomic(durable=True):
        row, fresh = _claim(request, _key_of_part(request, number))
        if not fresh:
            if row.digest != _digest(request):
                raise Overtaken
            return dict(json.loads(row.result))
        said = deed()
        _keep(row, json.dumps(said))
        return said


def forget(before: datetime) -> int:
    """Remove the keys used before this moment; how many."""
    return OnceKey.objects.filter(at__lt=before).delete()[0]


class _NoEffectError(Exception):
    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def _answer(request: HttpRequest, run: Callable[[], HttpResponse]) -> HttpResponse:
    row, fresh = _claim(request, request.POST["key"])
    if not fresh:
        return _again(request, row)
    answer = run()
    if not isinstance(answer, HttpResponseRedirect):
        raise _NoEffectError(answer)
    _keep(row, answer.url)
    return answer


def _claim(request: HttpRequest, key: str) -> tuple[OnceKey, bool]:
    """This form's row, and whether we made it. Waits while another request with the key is at work."""
    named = {"owner": _owner(request), "key": key}
    row = OnceKey(**named, address=request.path[:200], digest=_digest(request), at=now())
    if add(row):
        return row, True
    if (other := OnceKey.objects.filter(**named).first()) is None:
        raise Overtaken
    return other, False


def _keep(row: OnceKey, result: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, [result, row.pk])


def _again(request: HttpRequest, row: OnceKey) -> HttpResponse:
    return HttpResponseRedirect(row.result) if row.digest == _digest(request) else _with_other_words(request)


def _incomplete(request: HttpRequest) -> HttpResponse:
    return told(request, 400, _("This form is incomplete. Please reload the page and try again."))


def _with_other_words(request: HttpRequest) -> HttpResponse:
    words = _("This form was already sent with other words. Please reload the page to send it anew.")
    return told(request, 422, words)


def _key_of_part(request: HttpRequest, number: int) -> str:
    """No form can be sent with it: no key has such a sign."""
    return "+" + hashlib.sha256(f"{request.POST['key']} {number}".encode()).hexdigest()[:63]


def _owner(request: HttpRequest) -> str:
    """The person, or the browser of somebody not signed in; never the session's own key."""
    if request.user.is_authenticated:
        return f"p{request.user.pk}"
    cookies = (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)  # the first is there from the first form on
    browser = next((request.COOKIES[name] for name in cookies if name in request.COOKIES), "")
    return f"s{hashlib.sha256(browser.encode()).hexdigest()}"


def _digest(request: HttpRequest) -> str:
    """Keyed, so that from a stolen table nobody learns by guessing what was typed."""
    said = sorted((name, texts) for name, texts in request.POST.lists() if name not in NOT_SAID)
    files = sorted((name, [_file_digest(file) for file in files]) for name, files in request.FILES.lists())
    return blind(f"once:{json.dumps([request.path, said, files])}")


def _file_digest(file: UploadedFile[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
