"""WeChat: template messages of a city's official account, and whose openid it is.

Speaks to WECHAT_URL as the platform documents it: `cgi-bin/stable_token`, `cgi-bin/message/template/send`,
`sns/oauth2/access_token`. The words of a template stand with the platform; we fill its fields and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from baixing.kernel.calendar import LOCAL
from baixing.notices.channels.base import Fate, Message, Outcome, later, taken, unknown
from baixing.notices.channels.web import Unanswered, Unreached, ask

STALE = {40001, 40014, 42001}  # the token is wrong or has expired
GONE = {40003: "no such openid", 43004: "does not follow the account", 43101: "the person refuses"}
NEVER = {40037: "no such template", 47003: "a field does not fit the template"}
AGAIN = 45065  # the key was used before: they have it
FULL = 45009  # the day's number of calls is used up
FULL_REST = timedelta(hours=1)
TOKEN_SPARE = timedelta(minutes=5)
OPEN = "https://open.weixin.qq.com/connect/oauth2/authorize"
# what a field may hold, by the beginning of its name: letters
LONGEST = {"thing": 20, "phrase": 5, "const": 20, "character_string": 32, "short_thing": 5}
ANY = "*"  # the template of every kind that has none of its own


class WeChat:
    """Fills the template of the message's kind. A key is their client_msg_id, so that they take it once."""

    def send(self, message: Message) -> Outcome:
        if (template := template_of(message.kind)) is None:
            return Outcome(Fate.NEVER, why=f"no template for {message.kind}")
        said = json.dumps(_filled(template, message), ensure_ascii=False).encode()
        try:
            code, answer = self._post(said, token := _TOKENS.get(message.at))
            if code in STALE:
                code, answer = self._post(said, _TOKENS.renew(message.at, wrong=token))
        except Unreached as error:
            return later(error)
        except Unanswered as error:
            return unknown(error)
        return _outcome(code, answer)

    def _post(self, said: bytes, token: str) -> tuple[int, dict[str, object]]:
        answer = ask("POST", _url("cgi-bin/message/template/send", access_token=token), said, _JSON)
        if not answer.ok:
            return answer.status, {}
        found = answer.said()
        return _code(found), found


@dataclass(frozen=True)
class Template:
    """One template of the account: its id, and what each of its fields is filled with: subject, text or at."""

    id: str
    fields: dict[str, str]


def template_of(kind: str) -> Template | None:
    """From WECHAT_TEMPLATES: {"order.accepted": {"id": "…", "fields": {"thing1": "text", "time2": "at"}}, "*": …}."""
    found = settings.WECHAT_TEMPLATES.get(kind) or settings.WECHAT_TEMPLATES.get(ANY)
    return Template(found["id"], found["fields"]) if found else None


def openid_of(code: str) -> str:
    """Whose the code is that a person came back with from WeChat; "" when it does not say so."""
    asked = {"appid": settings.WECHAT_APP_ID, "secret": settings.WECHAT_SECRET, "code": code}
    try:
        said = ask("GET", _url("sns/oauth2/access_token", **asked, grant_type="authorization_code")).said()
    except (Unreached, Unanswered):
        return ""
    return str(said.get("openid", ""))


def way_to_link(back: str, state: str) -> str:
    """Where a person says to WeChat that we may know their openid, and nothing else of them."""
    asked = {
        "appid": settings.WECHAT_APP_ID,
        "redirect_uri": back,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
    }
    return f"{OPEN}?{urlencode(asked)}#wechat_redirect"


@dataclass
class _Tokens:
    """The account's token, asked for once and kept until shortly before it expires.

    The stable token: several workers are given the same one, and none takes it from another.
    """

    now: str = ""
    until: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def get(self, at: datetime) -> str:
        with self.lock:
            if self.until is None or at >= self.until:
                self._fetch(at, force=False)
            return self.now

    def renew(self, at: datetime, *, wrong: str) -> str:
        """After they called one wrong. Forced only when they give the same one again: they allow that rarely."""
        with self.lock:
            if self.now != wrong:  # somebody else was told so too, and has asked already
                return self.now
            self._fetch(at, force=False)
            if self.now == wrong:
                self._fetch(at, force=True)
            return self.now

    def forget(self) -> None:
        self.now, self.until = "", None

    def _fetch(self, at: datetime, *, force: bool) -> None:
        self.forget()
        wanted = {
            "grant_type": "client_credential",
            "appid": settings.WECHAT_APP_ID,
            "secret": settings.WECHAT_SECRET,
            "force_refresh": force,
        }
        try:
            found = ask("POST", _url("cgi-bin/stable_token"), json.dumps(wanted).encode(), _JSON).said()
        except Unanswered as error:
            raise Unreached(f"no token: {error}") from None  # and so nothing was sent
        if "access_token" not in found:
            raise Unreached(f"no token: {_code(found)}")
        self.now = str(found["access_token"])
        self.until = at + timedelta(seconds=int(str(found.get("expires_in", 0)))) - TOKEN_SPARE


_TOKENS = _Tokens()
_JSON = {"Content-Type": "application/json"}


def _outcome(code: int, answer: dict[str, object]) -> Outcome:
    if code in {0, AGAIN}:
        return taken(answer.get("msgid", ""))
    if code in GONE:
        return Outcome(Fate.GONE, why=f"{code}: {GONE[code]}")
    if code in NEVER:
        return Outcome(Fate.NEVER, why=f"{code}: {NEVER[code]}")
    return later(f"answered {code}", FULL_REST if code == FULL else None)


def _filled(template: Template, message: Message) -> dict[str, object]:
    """Our own page of notices is the only address it ever holds."""
    said = {"subject": message.subject, "text": message.text, "at": f"{message.at.astimezone(LOCAL):%Y-%m-%d %H:%M}"}
    data = {name: {"value": _fit(name, said[what])} for name, what in template.fields.items()}
    link = {"url": f"{settings.PUBLIC_URL}/notices/"} if settings.PUBLIC_URL else {}
    return {"touser": message.to, "template_id": template.id, "client_msg_id": message.key, "data": data, **link}


def _fit(name: str, value: str) -> str:
    """A field that is too long is refused whole, so it is cut."""
    longest = LONGEST.get(name.rstrip("0123456789"), len(value))
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def _url(path: str, **asked: str) -> str:
    if not settings.WECHAT_APP_ID:
        raise ImproperlyConfigured("WECHAT_APP_ID is not set.")
    return f"{settings.WECHAT_URL}/{path}" + (f"?{urlencode(asked)}" if asked else "")


def _code(found: dict[str, object]) -> int:
    code = found.get("errcode", 0)
    return code if isinstance(code, int) else -1
