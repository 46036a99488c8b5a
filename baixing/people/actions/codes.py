"""One-time codes: sent to a phone, answered by the browser that asked, used once."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.kernel.http import counted_as
from baixing.kernel.refusals import NotNow, TooMany
from baixing.kernel.seal import blind
from baixing.notices import actions as notices
from baixing.people import rules
from baixing.people.actions.turns import is_first, take_try, take_turn
from baixing.people.models import Code, CodeLimit, Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

log = logging.getLogger(__name__)


@transaction.atomic
def ask_code(phone: str, *, purpose: str = Code.Purpose.SIGN_IN, address: str, at: datetime) -> tuple[str, str]:
    """A nonce for this browser and the code that is on its way.

    The work is the same whether or not anybody has this phone: persons are not looked at.
    """
    nonce, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06}"
    row = write_code(phone, purpose, digest(nonce, code), nonce=nonce, address=address, at=at)
    notices.send_code(phone, _code_text(purpose, code), key=f"code-{row.pk}", at=at)
    _raise_alarm(at)
    return nonce, code


def write_code(phone: str, purpose: str, seal: str, *, nonce: str, address: str, at: datetime) -> Code:
    """Count one more message to this phone and from this address, or refuse it."""
    index, address_index = blind(phone), blind(f"address:{counted_as(address)}")
    take_turn("phone", index)
    _check(Code.objects.filter(phone_index=index), rules.PHONE_LIMITS, at)
    take_turn("address", address_index)
    _check(Code.objects.filter(address_index=address_index), rules.ADDRESS_LIMITS, at)
    return Code.objects.create(
        purpose=purpose,
        phone=phone,
        phone_index=index,
        address_index=address_index,
        nonce=nonce,
        digest=seal,
        sent_at=at,
    )


def answer_code(nonce: str, code: str, *, at: datetime) -> str | None:
    """The blind index of the phone when the code is right.

    Every call costs a try, also when many come at once. The try is lost if the caller's
    transaction is rolled back: a view answers a wrong code with a redirect, never with a refusal.
    """
    live = Code.objects.filter(nonce=nonce, used_at=None, sent_at__gt=at - rules.CODE_LIFE)
    if not live.filter(tries__lt=rules.CODE_TRIES).update(tries=F("tries") + 1):
        log.info("A code was answered too late or too often.")
        return None
    if not live.filter(digest=digest(nonce, code)).update(used_at=at):
        log.info("A code was answered wrongly.")
        return None
    return Code.objects.get(nonce=nonce).phone_index


def spend(nonce: str, *, purpose: str = Code.Purpose.SIGN_IN, at: datetime) -> Code:
    """Use the proof that a code was answered rightly. It can be used once."""
    proof = Code.objects.filter(nonce=nonce, purpose=purpose, spent_at=None)
    if not proof.filter(used_at__gt=at - rules.PROOF_LIFE).update(spent_at=at):
        raise NotNow(_("That took too long. Start again with your phone number."))
    return Code.objects.get(nonce=nonce)


def prove_name(person: Person, name: str, *, at: datetime) -> bool:
    """Whether somebody long away knows their full name, five tries a day a phone."""
    index = blind(f"name:{person.phone_index}:{at:%Y%m%d}")
    if not take_try("name", index, tries=rules.NAME_TRIES):
        raise TooMany(_("Too many tries today. Come to your station, or try again tomorrow."))
    return hmac.compare_digest(rules.plain_name(person.name).encode(), rules.plain_name(name).encode())


def forget_codes(before: datetime) -> int:
    """Drop codes sent before this moment, and what counted tries of any kind; the longest limit is a day's."""
    CodeLimit.objects.filter(made_at__lt=before).delete()
    return Code.objects.filter(sent_at__lt=before).delete()[0]


def digest(nonce: str, code: str) -> str:
    return hmac.new(settings.INDEX_KEY, f"{nonce}:{code}".encode(), hashlib.sha256).hexdigest()


def _check(sent: QuerySet[Code], limits: tuple[rules.Limit, ...], at: datetime) -> None:
    for limit in limits:
        if sent.filter(sent_at__gt=at - limit.within).count() >= limit.count:
            log.warning("A limit of messages was reached: %s in %s.", limit.count, limit.within)
            raise TooMany(str(limit.words))


def _code_text(purpose: str, code: str) -> str:
    texts = {
        Code.Purpose.RECOVER: _("%(code)s is your code. Read it to the staff member who changes your number."),
        Code.Purpose.NUMBER: _("%(code)s is your code to change your number. Tell it to nobody."),
        Code.Purpose.SIGN_UP: _("%(code)s is your code to sign up, good for 10 minutes. Tell it to nobody."),
    }
    sign_in = _("%(code)s is your sign-in code, good for 10 minutes. Tell it to nobody.")
    return texts.get(Code.Purpose(purpose), sign_in) % {"code": code}


def _raise_alarm(at: datetime) -> None:
    """Tell operators when unusually many codes are asked for. Nobody is ever blocked by it."""
    count = Code.objects.filter(sent_at__gt=at - rules.ALARM_SPAN).count()
    window = int(at.timestamp() // rules.ALARM_SPAN.total_seconds())
    if count > settings.CODES_ALARM and is_first("alarm", str(window)):
        log.error("%s codes were asked for within ten minutes.", count)
        notices.tell(rules.operators(at), "people.many_codes", at=at, count=count)
