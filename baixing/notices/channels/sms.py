"""Text messages through a provider, or a small gate in front of one, that speaks plain JSON."""

from __future__ import annotations

import json

from django.conf import settings

from baixing.notices.channels.base import Fate, Message, Outcome, later, taken, unknown
from baixing.notices.channels.web import Answer, Unanswered, Unreached, ask

NEVER = {400, 413, 422}  # this message will be refused next time too
GONE = 410  # there is no such telephone


class HttpSms:
    """POSTs {to, text, key} as JSON to SMS_URL, with SMS_TOKEN as bearer and the key as Idempotency-Key.

    2xx with {"ref": …} means taken, 410 that there is no such number, 400, 413 and 422 that this message is never
    taken, and all else that it is to be tried again with the same key.
    """

    def send(self, message: Message) -> Outcome:
        said = json.dumps({"to": message.to, "text": message.text, "key": message.key}).encode()
        try:
            return _outcome(ask("POST", settings.SMS_URL, said, _headers(message.key)))
        except Unreached as error:
            return later(error)
        except Unanswered as error:
            return unknown(error)


def _outcome(answer: Answer) -> Outcome:
    if answer.ok:
        return taken(answer.said().get("ref", ""))
    if answer.status == GONE:
        return Outcome(Fate.GONE, why="no such number")
    if answer.status in NEVER:
        return Outcome(Fate.NEVER, why=f"refused with {answer.status}")
    return later(f"answered {answer.status}", answer.rest)


def _headers(key: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {settings.SMS_TOKEN}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
