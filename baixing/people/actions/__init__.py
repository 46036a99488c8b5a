"""Everything that writes about people."""

from __future__ import annotations

from baixing.people.actions.codes import answer_code, ask_code, forget_codes, prove_name, spend
from baixing.people.actions.consents import agree, give_consent, withdraw_consent
from baixing.people.actions.erasing import erase
from baixing.people.actions.factors import (
    forget_unneeded,
    make_recovery_codes,
    prove_by_app,
    prove_by_passkey,
    prove_by_recovery_code,
    remove_factor,
    reset_factor,
    take_app,
    take_passkey,
)
from baixing.people.actions.guardians import ask_guardian, confirm_guardian, end_guardian, forget_phones
from baixing.people.actions.many import Newcomer, enrol_all, hold_households
from baixing.people.actions.numbers import (
    ask_new_number,
    ask_old_number,
    ask_recovery,
    change_number,
    count_naming,
    look_for,
    recover,
)
from baixing.people.actions.persons import (
    choose_language,
    choose_speech,
    correct_birth,
    enrol,
    enrol_with_code,
    join_household,
    rename,
    tell_birth,
)
from baixing.people.actions.sign_ins import (
    end_others,
    end_session,
    forget_sessions,
    forget_sign_ins,
    move_session,
    open_session,
    see,
)
from baixing.people.actions.turns import is_first, was_first

__all__ = [
    "Newcomer",
    "agree",
    "answer_code",
    "ask_code",
    "ask_guardian",
    "ask_new_number",
    "ask_old_number",
    "ask_recovery",
    "change_number",
    "choose_language",
    "choose_speech",
    "confirm_guardian",
    "correct_birth",
    "count_naming",
    "end_guardian",
    "end_others",
    "end_session",
    "enrol",
    "enrol_all",
    "enrol_with_code",
    "erase",
    "forget_codes",
    "forget_phones",
    "forget_sessions",
    "forget_sign_ins",
    "forget_unneeded",
    "give_consent",
    "hold_households",
    "is_first",
    "join_household",
    "look_for",
    "make_recovery_codes",
    "move_session",
    "open_session",
    "prove_by_app",
    "prove_by_passkey",
    "prove_by_recovery_code",
    "prove_name",
    "recover",
    "remove_factor",
    "rename",
    "reset_factor",
    "see",
    "spend",
    "take_app",
    "take_passkey",
    "tell_birth",
    "was_first",
    "withdraw_consent",
]
