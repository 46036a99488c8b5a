"""A child under 14 names a guardian's phone; the guardian signs in with it and says yes."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.kernel.seal import blind
from baixing.notices import actions as notices
from baixing.people import rules
from baixing.people.actions.codes import write_code
from baixing.people.actions.consents import write_consent
from baixing.people.actions.turns import take_turn
from baixing.people.models import Code, Consent, Guardianship, Person


@transaction.atomic
def ask_guardian(ward: Person, phone: str, *, address: str, by: Person, at: datetime) -> Guardianship:
    """The same work whether or not anybody here has this phone."""
    if not rules.asks_guardian(by, ward):
        raise NotAllowed
    if not rules.is_minor(ward, at.astimezone(LOCAL).date()):
        raise NotNow(_("Only children under 14 need a guardian."))
    index = blind(phone)
    if index == ward.phone_index:
        raise Unfit(_("A guardian says yes from another phone. Give that number."), field="phone")
    take_turn("guardian", str(ward.pk))
    if Guardianship.objects.filter(ward=ward, phone_index=index, ended_at=None).exists():
        raise NotNow(_("This number has been asked already."))
    asked = Guardianship.objects.create(ward=ward, phone=phone, phone_index=index, asked_at=at)
    _send(asked, address, at)
    journal.write("ask_guardian", asked, by=by, at=at)
    return asked


@transaction.atomic
def confirm_guardian(guardianship: Guardianship, *, by: Person, at: datetime) -> None:
    """The guardian says yes, for the child's data too."""
    if not rules.is_asked(by, guardianship):
        raise NotAllowed(_("Only who was asked can say yes, from their own phone."))
    if not rules.is_grown_up(by, at.astimezone(LOCAL).date()):
        raise NotNow(_("A guardian is 18 or older. Give your date of birth on your page first."))
    open_ = Guardianship.objects.filter(pk=guardianship.pk, confirmed_at=None, ended_at=None)
    if not open_.update(confirmed_at=at, guardian=by):
        raise Overtaken
    guardianship.refresh_from_db()
    for kind in rules.REQUIRED:
        write_consent(guardianship.ward, kind, channel=Consent.Channel.WEB, by=by, at=at)
    notices.tell([guardianship.ward], "people.guarded", at=at)
    journal.write("confirm_guardian", guardianship, by=by, at=at)


@transaction.atomic
def end_guardian(guardianship: Guardianship, *, by: Person, at: datetime) -> None:
    """Say no to being asked, or stop being a guardian."""
    if not rules.ends_guardianship(by, guardianship):
        raise NotAllowed
    if not Guardianship.objects.filter(pk=guardianship.pk, ended_at=None).update(ended_at=at):
        raise Overtaken
    journal.write("end_guardian", guardianship, by=by, at=at)


@transaction.atomic
def forget_phones(before: datetime, *, at: datetime) -> int:
    """Empty the numbers of guardianships that ended before this moment, and end what nobody answered; how many."""
    for asked in Guardianship.objects.filter(asked_at__lt=before, confirmed_at=None, ended_at=None):
        Guardianship.objects.filter(pk=asked.pk, ended_at=None).update(ended_at=at)
        journal.write("end_guardian", asked, by=None, at=at)
    over = Q(ended_at__lt=before) | Q(ended_at=at, confirmed_at=None)
    return Guardianship.objects.filter(over).exclude(phone="").update(phone="", phone_index="")


def _send(asked: Guardianship, address: str, at: datetime) -> None:
    nonce = secrets.token_urlsafe(32)
    row = write_code(asked.phone, Code.Purpose.GUARDIAN, "", nonce=nonce, address=address, at=at)
    words = _("%(name)s asks you to be their guardian. Sign in with this number to answer.")
    text = words % {"name": asked.ward.masked_name}
    notices.send_code(asked.phone, text, key=f"code-{row.pk}", at=at)
