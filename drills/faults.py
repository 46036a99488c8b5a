"""Faults planted in the rules and actions themselves, each one thing that somebody could leave out or get wrong.

Fault: 20 changes of the source, one at a time, in a copy of the package: a version check dropped, a role not asked, a
clock reset, a line or a message forgotten, a turn skipped, a limit not looked at.
Promise: ordinary tests, named beforehand, turn red at each fault; none slips through.
Control: the same tests on the copy without a fault are all green.
Test: tests/threats/test_faults.py
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from drills import Outcome

if TYPE_CHECKING:
    from drills.house import House

ROOT: Final = Path(__file__).resolve().parent.parent
PARTS: Final = ("baixing", "bench", "drills", "tests", "tools", "pyproject.toml")
OURS: Final = (
    "PYTHONDONTWRITEBYTECODE",
    "DJANGO_SETTINGS_MODULE",
    "DATA",
    "LOG_LEVEL",
    "BAIXING_DEMO",
    "STATIC_STORAGE",
)  # of the drill's own
BOTH: Final = ("SQLite", "PostgreSQL")
SAID: Final = re.compile(r"^(PASSED|FAILED|ERROR) (\S+?::\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """`old` stands once in the file and is replaced by `new`; then the tests of `red` fail."""

    file: str
    old: str
    new: str
    red: tuple[str, ...]
    on: tuple[str, ...] = ("SQLite",)  # the databases; a rule of ours is the same on both, a race is not


def _fault(file: str, old: str, new: str, *red: str, on: tuple[str, ...] = ("SQLite",)) -> Fault:
    return Fault(f"baixing/{file}", old, new, tuple(f"tests/{test}" for test in red), on)


FAULTS: Final[dict[str, Fault]] = {
    "a version check dropped": _fault(
        "kernel/life.py",
        "rows.filter(state=self.state, version=self.version)",
        "rows.filter(state=self.state)",
        "kernel/test_life.py::test_a_stale_page_is_overtaken",
        "orders/test_views.py::test_a_stale_page_is_refused_in_words",
        on=BOTH,
    ),
    "a role not asked": _fault(
        "orders/rules/actors.py",
        "    return one.holds(OFFICERS, order.owner)\n\n\ndef dispatcher",
        "    return bool(one.posts)\n\n\ndef dispatcher",
        "orders/test_rules.py::test_powers_over_an_order",
    ),
    "a clock reset on transfer": _fault(
        "orders/actions/admitting.py",
        '"transfers": order.transfers + 1}',
        '"transfers": order.transfers + 1, "placed_at": at}',
        "orders/test_actions.py::test_transfer_to_another_unit_resets_no_clock",
    ),
    "a line left out of the journal": _fault(
        "orders/actions/moving.py",
        "    journal.write(verb, order, by=by, at=at, words=said, **facts)\n",
        "    _ = journal, said, facts\n",
        "orders/test_actions.py::test_a_whole_life_is_in_the_journal_and_its_chain_holds",
    ),
    "an outbox forgotten": _fault(
        "notices/actions/telling.py",
        "    _queue([(notice, word.urgent) for notice, word in told], people)\n",
        "    _ = people\n",
        "notices/test_actions.py::test_everybody_told_has_a_notice_and_a_message",
        "notices/test_deliver.py::test_a_message_is_sent_once_in_the_reader_s_language",
    ),
    "a turn skipped": _fault(
        "schedule/actions/visiting.py",
        '    Team.objects.filter(pk=team.pk).update(turn=F("turn") + 1)\n    first, last',
        "    first, last",
        "schedule/test_visits.py::test_of_eight_visits_at_once_for_one_time_one_is_set",
        on=("PostgreSQL",),  # on SQLite one transaction writes at a time anyway
    ),
    "an offer accepted after it is due": _fault(
        "orders/actions/dispatching.py",
        "if offer is not None and offer.due_at <= at:",
        "if offer is not None and offer.due_at <= at and at is None:",
        "orders/test_actions.py::test_offer_is_not_accepted_once_it_is_due",
    ),
    "a contact shown after the end": _fault(
        "orders/rules/guards.py",
        "return ended is not None and at > ended + CONTACT_AFTER",
        "return ended is not None and at < ended",
        "orders/test_actions.py::test_contact_is_hidden_a_day_after_the_service",
        "access/test_planted.py::test_a_day_after_the_end_no_page_holds_the_contact",
    ),
    "a contact on the page unasked": _fault(
        "orders/queries/pages.py",
        'shown=own or ("reveal" in powers and order.pk in revealed([order], one)),',
        'shown=own or "reveal" in powers,',
        "orders/test_views.py::test_the_leader_sees_the_contact_only_after_asking_for_it",
        "access/test_planted.py::test_a_look_is_over_after_a_quarter_of_an_hour",
    ),
    "a rating taken twice": _fault(
        "orders/rules/life.py",
        '_move("rate", "served", S.CLOSED, actors.for_resident)',
        '_move("rate", "served closed", S.CLOSED, actors.for_resident)',
        "orders/test_rules.py::test_powers_over_an_order",
        "orders/test_rules.py::test_no_move_leads_out_of_a_terminal_state",
    ),
    "a rating by the team itself": _fault(
        "orders/actions/closing.py",
        "    _check_rater(order, by)\n",
        "",
        "orders/test_actions.py::test_member_of_the_team_cannot_rate_it",
    ),
    "a bounce not counted": _fault(
        "orders/actions/dispatching.py",
        "    _answer(order, ANSWER.DECLINED, by, at, reason.code)\n    bounce(order, at=at)\n",
        "    _answer(order, ANSWER.DECLINED, by, at, reason.code)\n",
        "orders/test_actions.py::test_declined_order_goes_back_and_the_second_bounce_sends_it_up",
    ),
    "an order sent up twice": _fault(
        "orders/actions/clock.py",
        "    if not fresh:\n        return False\n",
        "",
        "orders/test_clock.py::test_an_entry_is_sent_up_once_a_tier",
    ),
    "a co-sign by its own author": _fault(
        "orders/rules/actors.py",
        "return asked is not None and order.proposal_by_id != one.person.pk and one.holds(OFFICERS, asked)",
        "return asked is not None and one.holds(OFFICERS, asked)",
        "orders/test_actions.py::test_nobody_cosigns_what_they_proposed",
    ),
    "an order of others in sight": _fault(
        "orders/queries/visible.py",
        "    return Order.objects.filter(seen)\n\n\ndef _open_to",
        "    return Order.objects.all()\n\n\ndef _open_to",
        "orders/test_views.py::test_a_stranger_finds_no_order_and_no_paper_of_it",
    ),
    "a key taken with another body": _fault(
        "kernel/once.py",
        "if row.digest != _digest(request):",
        "if not row.digest:",
        "kernel/test_once.py::test_the_same_key_with_other_words_is_not_taken",
        on=BOTH,
    ),
    "a wrong code tried without end": _fault(
        "people/actions/codes.py",
        'if not live.filter(tries__lt=rules.CODE_TRIES).update(tries=F("tries") + 1):',
        'if not live.update(tries=F("tries") + 0):',
        "people/test_codes.py::test_sixth_try_is_not_looked_at_even_when_it_is_right",
        on=BOTH,
    ),
    "a caller's own word for where it calls from": _fault(
        "kernel/http.py",
        "if not _is_trusted(address) or not earlier:",
        "if not earlier:",
        "kernel/test_http.py::test_who_is_calling",
    ),
    "a cell that is a formula": _fault(
        "kernel/sheets.py",
        "if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)",
        "if not text",
        "kernel/test_sheets.py::test_no_cell_is_taken_for_a_formula",
    ),
    "a way on that leads elsewhere": _fault(
        "kernel/http.py",
        'return asked if ours and path and plain and len(iri_to_uri(asked)) <= LONGEST_PATH else ""',
        "return asked",
        "threats/test_leading.py::test_nobody_is_led_elsewhere_after_signing_in",
    ),
}


def run(house: House) -> Outcome:
    """Every fault on a copy of the sources; `house.short` takes the first four."""
    here = {name: fault for name, fault in FAULTS.items() if house.database in fault.on}
    chosen = dict(list(here.items())[:4]) if house.short else here
    copy = house.folder / "copy"
    for part in PARTS:
        _copy(ROOT / part, copy / part)
    named = {test for fault in chosen.values() for test in fault.red}
    green = tests(copy, named)
    unseen = [name for name, fault in chosen.items() if not _turns_red(house, copy, name, fault)]
    return Outcome(
        figures={
            "faults planted": len(chosen),
            "faults that no named test saw": len(unseen),
            **({"these": ", ".join(unseen)} if unseen else {}),
        },
        control={"tests named": len(named), "red without a fault": len(named) - len(green["PASSED"] - green["FAILED"])},
        kept=not unseen,
        caught=green["PASSED"] >= named and not green["FAILED"],
    )


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    else:
        shutil.copy(source, target)


def _turns_red(house: House, copy: Path, name: str, fault: Fault) -> bool:
    """Each of the named tests fails while the fault is in the sources."""
    house.say(name)
    path = copy / fault.file
    sound = path.read_text()
    path.write_text(planted(sound, fault))
    try:
        return tests(copy, fault.red)["FAILED"] >= {*fault.red}
    finally:
        path.write_text(sound)


def planted(source: str, fault: Fault) -> str:
    """The source with the fault in it."""
    if source.count(fault.old) != 1:
        message = f"{fault.file} does not say once: {fault.old}"
        raise LookupError(message)
    return source.replace(fault.old, fault.new)


def tests(folder: Path, names: Iterable[str]) -> dict[str, set[str]]:
    """Which of these tests passed, failed or could not begin, with the package of this folder."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {"PYTHONPATH": str(folder), "DATA": str(folder.parent)}
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--tb=no", "-p", "no:cacheprovider", "--reuse-db"]
    done = subprocess.run([*command, *sorted(names)], cwd=folder, env=environment, capture_output=True, check=False)
    found: dict[str, set[str]] = {"PASSED": set(), "FAILED": set(), "ERROR": set()}
    for outcome, name in SAID.findall(done.stdout.decode()):
        found[outcome].add(name)
    return found
