from __future__ import annotations

from baixing.hours.models.certificate import Certificate, CertificateQuerySet, CertificateRun
from baixing.hours.models.claim import HoursClaim, HoursClaimQuerySet
from baixing.hours.models.entry import HoursEntry, HoursEntryQuerySet, LedgerRoot
from baixing.hours.models.flag import Correction, Flag, FlagQuerySet
from baixing.hours.models.note import Note
from baixing.hours.models.record import Record, StarLevel
from baixing.hours.models.transfer import OtherSystem, Transfer

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "CertificateRun",
    "Correction",
    "Flag",
    "FlagQuerySet",
    "HoursClaim",
    "HoursClaimQuerySet",
    "HoursEntry",
    "HoursEntryQuerySet",
    "LedgerRoot",
    "Note",
    "OtherSystem",
    "Record",
    "StarLevel",
    "Transfer",
]
