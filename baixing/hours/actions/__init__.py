"""The verbs of hours. Nothing else writes claims, the ledger, flags or certificates."""

from __future__ import annotations

from baixing.hours.actions.certifying import draft, issue, publicise, refuse_certificate, revoke
from baixing.hours.actions.claiming import claim_session
from baixing.hours.actions.correcting import agree_correction, ask_correction, check_asker, drop_correction
from baixing.hours.actions.flagging import check_settler, object_to, settle
from baixing.hours.actions.forgetting import forget_person
from baixing.hours.actions.noting import Told, withdraw_note, write_note
from baixing.hours.actions.recording import change_level, choose_stars, load_levels
from baixing.hours.actions.reviewing import credit, refuse, review
from baixing.hours.actions.rooting import publish_roots
from baixing.hours.actions.transferring import (
    add_system,
    agree_transfer,
    drop_transfer,
    own_key,
    send_out,
    sign,
    take_in,
)

__all__ = [
    "Told",
    "add_system",
    "agree_correction",
    "agree_transfer",
    "ask_correction",
    "change_level",
    "check_asker",
    "check_settler",
    "choose_stars",
    "claim_session",
    "credit",
    "draft",
    "drop_correction",
    "drop_transfer",
    "forget_person",
    "issue",
    "load_levels",
    "object_to",
    "own_key",
    "publicise",
    "publish_roots",
    "refuse",
    "refuse_certificate",
    "review",
    "revoke",
    "send_out",
    "settle",
    "sign",
    "take_in",
    "withdraw_note",
    "write_note",
]
