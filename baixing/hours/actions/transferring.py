"""Hours that come in from another system, and go out to one: signed by whoever sends, agreed to by two people here."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baixing.hours.actions import ledger
from baixing.hours.models import HoursEntry, OtherSystem, Transfer
from baixing.hours.rules.lives import TRANSFER, keeps_transfers
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.canonical import canonical, digest
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.rows import add
from baixing.people.models import Person
from baixing.teams.models import Volunteer

FIELDS = {"format", "from", "to", "reference", "volunteer", "minutes", "from_day", "until_day"}
FORMAT = "baixing-transfer-1"
MOST = 60_000  # minutes in one document
KEY = 32  # bytes

Document = Mapping[str, object]


@transaction.atomic
def add_system(code: str, name: str, key: str, *, by: Person, at: datetime) -> OtherSystem:
    """Whose signed word on hours is taken from now on."""
    _check(Standing(by, at))
    if len(_bytes(key)) != KEY:
        raise Unfit(_("This is no Ed25519 public key: 32 bytes in base64."), field="public_key")
    system = OtherSystem(code=code, name=name, key=key)
    if code == settings.LEDGER_CODE or not add(system):
        raise Unfit(_("There is a system with this short name already."), field="code")
    journal.write("add_system", system, by=by, at=at, code=code, key=key)
    return system


@transaction.atomic
def take_in(document: Document, signature: str, *, by: Person, at: datetime) -> Transfer:
    """What another system says of one of our volunteers. Forged, altered or repeated, it is refused."""
    _check(Standing(by, at))
    _check_shape(document)
    system = OtherSystem.objects.filter(code=document["from"], active=True).first()
    if system is None:
        raise Unfit(_("We know no such system. Add it with its public key first."), field="document")
    if document["to"] != settings.LEDGER_CODE:
        raise Unfit(_("This transfer is for another system."), field="document")
    if not signed_by(system.key, document, signature):
        raise Unfit(
            _("The signature does not fit: the transfer was altered, or somebody else wrote it."), field="document"
        )
    volunteer = Volunteer.objects.filter(number=document["volunteer"]).select_related("person").first()
    if volunteer is None:
        raise Unfit(_("There is no volunteer with this number."), field="document")
    return _ask(Transfer.Way.IN, system, volunteer, document, signature, by, at)


@transaction.atomic
def send_out(system: OtherSystem, volunteer: Volunteer, minutes: int, *, by: Person, at: datetime) -> Transfer:
    """Sign over hours to another system. They leave the record once a second person agrees."""
    _check(Standing(by, at))
    if not settings.LEDGER_KEY:
        raise NotNow(_("This installation has no key to sign with (LEDGER_KEY)."))
    days = [day for line in HoursEntry.objects.of(volunteer) for day, _minutes in line.days]
    today = f"{at.astimezone(LOCAL):%F}"
    document: dict[str, object] = {
        "format": FORMAT,
        "from": settings.LEDGER_CODE,
        "to": system.code,
        "reference": secrets.token_hex(16),
        "volunteer": volunteer.number,
        "minutes": minutes,
        "from_day": min(days, default=today),
        "until_day": max(days, default=today),
    }
    _check_shape(document)
    return _ask(Transfer.Way.OUT, system, volunteer, document, sign(document), by, at)


@transaction.atomic
def agree_transfer(transfer: Transfer, *, by: Person, at: datetime) -> HoursEntry:
    one = Standing(by, at)
    if one.is_one_with(transfer.asked_by):
        raise NotAllowed(_("You have asked for this yourself. A second person agrees."))
    TRANSFER.move("agree", one, transfer, decided_by=by)
    _check_kept(transfer)
    line = ledger.move(transfer, by=(transfer.asked_by, by), at=at)
    journal.write("agree", transfer, by=by, at=at, seq=line.seq)
    return line


@transaction.atomic
def drop_transfer(transfer: Transfer, *, by: Person, at: datetime) -> None:
    TRANSFER.move("drop", Standing(by, at), transfer, decided_by=by)
    journal.write("drop", transfer, by=by, at=at)


def sign(document: Document) -> str:
    key = Ed25519PrivateKey.from_private_bytes(_bytes(settings.LEDGER_KEY))
    return base64.b64encode(key.sign(canonical(document))).decode()


def signed_by(key: str, document: Document, signature: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(_bytes(signature), canonical(document))
    except (InvalidSignature, ValueError):
        return False
    return True


def _ask(
    way: str, system: OtherSystem, volunteer: Volunteer, document: Document, signature: str, by: Person, at: datetime
) -> Transfer:
    transfer = Transfer(way=way, system=system, volunteer=volunteer, document=dict(document), signature=signature)
    transfer.reference, transfer.minutes = str(document["reference"]), int(str(document["minutes"]))
    transfer.digest, transfer.asked_by, transfer.asked_at = digest(document), by, at
    if not add(transfer):
        raise Unfit(_("This very transfer has been here before. It counts once."), field="document")
    journal.write("ask_transfer", transfer, by=by, at=at, way=way, digest=transfer.digest)
    return transfer


def _check(one: Standing) -> None:
    if not keeps_transfers(one):
        raise NotAllowed(_("Only the head and the staff of the city centre deal with other systems."))


def _check_shape(document: Document) -> None:
    minutes = document.get("minutes")
    plain = all(isinstance(value, str) and len(value) <= 64 for name, value in document.items() if name != "minutes")  # noqa: PLR2004 - letters of the longest column
    if set(document) != FIELDS or document["format"] != FORMAT or not plain:
        raise Unfit(_("This is not a transfer as docs/ledger.md describes it."), field="document")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 < minutes <= MOST:
        raise Unfit(_("One transfer moves 1 to %(most)d minutes.") % {"most": MOST}, field="minutes")


def _check_kept(transfer: Transfer) -> None:
    """What was kept is still what was signed: nobody has changed the row since."""
    told = transfer.document
    own = transfer.way == Transfer.Way.OUT
    key = own_key() if own else transfer.system.key
    whole = told.get("minutes") == transfer.minutes and told.get("volunteer") == transfer.volunteer.number
    if not (whole and signed_by(key, told, transfer.signature)):
        raise NotNow(_("The signature does not fit: the transfer was altered, or somebody else wrote it."))


def own_key() -> str:
    """Our public key, which the other system keeps."""
    public = Ed25519PrivateKey.from_private_bytes(_bytes(settings.LEDGER_KEY)).public_key()
    return base64.b64encode(public.public_bytes_raw()).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
