"""`baixing verify-credential FILE`: checks a credential by itself, without a server, a database or a network.

Whoever issued it is told by its issuer's document, and whether it was revoked since by its issuer's list: both are
files that anybody fetches beforehand. docs/ledger.md says from where.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from baixing.kernel.credentials import badges, issuers, reading
from baixing.kernel.credentials.badges import Record
from baixing.kernel.credentials.proofs import KeyOf, NotProven

VERIFIED, REFUSED, NOTHING = 0, 1, 2
OWN_NAME: Final = "did:key:"  # an issuer whose name is its key


class NothingToCheckError(Exception):
    """A file is missing: of the credential, or of what speaks for its issuer."""


def main(arguments: Sequence[str], *, clock: Callable[[], datetime]) -> int:
    """0 when it is as it was issued and, by the list given, not revoked; 1 when not; 2 when something is missing."""
    asked = _asked(arguments)
    if not settings.configured:
        settings.configure(USE_I18N=False, USE_TZ=True)
    try:
        return _verify(asked, clock())
    except NotProven as no:
        _say(str(no))
        return REFUSED
    except NothingToCheckError as no:
        _say(str(no))
        return NOTHING


def _asked(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser("baixing verify-credential", description="Check a credential without its issuer.")
    parser.add_argument("credential", type=Path, help="the credential, as its holder hands it over")
    parser.add_argument("--did", type=Path, help="the issuer's document, from /.well-known/did.json of its site")
    parser.add_argument("--status", type=Path, help="the list of what was revoked that the credential names")
    return parser.parse_args(arguments)


def _verify(asked: Namespace, at: datetime) -> int:
    text = _read(asked.credential)
    issuer = badges.issuer_of(reading.document(text))
    key_of = _keys(issuer, asked.did)
    record = badges.verify(text, key_of)
    if asked.status and badges.revoked(text, _read(asked.status), key_of, at=at):
        _say(f"This credential was revoked. Certificate {record.number} is valid no more.")
        return REFUSED
    _tell(record, issuer, asked)
    return VERIFIED


def _keys(issuer: str, file: Path | None) -> KeyOf:
    """The keys that speak for this issuer: by its document, or the one that is its name."""
    if file is not None:
        return issuers.keys_in(_document_of(issuer, file))
    if issuer.startswith(OWN_NAME):
        public = issuer.removeprefix(OWN_NAME)
        return lambda method: public if method == issuers.method_of(issuer, public) else ""
    raise NothingToCheckError(
        f"Its issuer calls itself {issuer}. Give its document with --did FILE: it stands at {issuers.PATH} of its site."
    )


def _document_of(issuer: str, file: Path) -> dict[str, object]:
    try:
        found = json.loads(_read(file))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotProven(f"{file} is no issuer's document.")
    if found.get("id") != issuer:
        raise NotProven(f"{file} speaks for {found.get('id')}, and the credential is of {issuer}.")
    return found


def _tell(record: Record, issuer: str, asked: Namespace) -> None:
    days = f" from {record.first} to {record.last}" if record.first else ""
    _say(f"This credential is as {record.issuer_name} issued it on {record.issued:%Y-%m-%d}.")
    _say(f"Issuer: {issuer}")
    _say(f"Certificate {record.number}: {record.name}, volunteer {record.volunteer}.")
    _say(f"{record.minutes} minutes of service{days}.")
    if asked.did is None:
        _say("The issuer's name is its key. Compare it with the one that the city publishes.")
    if asked.status:
        _say("By the list given it is not revoked.")
    elif record.status is not None:
        _say(
            f"Whether it was revoked since is not known: give the list with --status FILE, from {record.status.address}"
        )


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as found:
            return found.read(reading.LARGEST + 1)  # one more, so that what is too large is told
    except OSError as error:
        raise NothingToCheckError(f"{file} cannot be read: {error.strerror}.") from None


def _say(words: str) -> None:
    """A file from anybody moves no cursor."""
    sys.stdout.write("".join(letter for letter in words if letter.isprintable()) + "\n")
