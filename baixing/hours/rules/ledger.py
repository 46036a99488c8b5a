"""`baixing verify-ledger FILE`: checks a file of the ledger by itself, without a server, a database or a network.

docs/ledger.md describes the file. Nothing here knows our tables.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from baixing.kernel import merkle
from baixing.kernel.canonical import digest

FORMAT, CERTIFICATE = "baixing-ledger", "baixing-certificate"
LARGEST = 500_000_000  # bytes
Line = Mapping[str, Any]


def main(arguments: Sequence[str]) -> int:
    """0 when all holds, 1 when something does not, 2 when there is nothing to check."""
    if len(arguments) != 1:
        _say("usage: baixing verify-ledger FILE")
        return 2
    try:
        file = Path(arguments[0])
        if file.stat().st_size > LARGEST:
            raise ValueError
        told = json.loads(file.read_bytes())
        found = list(faults(told))
    except OSError as error:
        _say(f"{arguments[0]} cannot be read: {error.strerror}.")
        return 2
    except (ValueError, RecursionError):
        _say(f"{arguments[0]} is broken: it is not a JSON file of a ledger.")
        return 1
    for fault in found:
        _say(f"- {fault}")
    _say(f"{len(found)} faults." if found else summary(told))
    return 1 if found else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def summary(told: Mapping[str, Any]) -> str:
    if told["format"] == CERTIFICATE:
        return f"Certificate {told['snapshot']['number']} is as it was issued."
    lines = sum(len(one["entries"]) for one in told["volunteers"])
    minutes = sum(one["total"] for one in told["volunteers"])
    return f"All holds: {len(told['volunteers'])} volunteers, {lines} entries, {minutes} minutes."


def faults(told: object) -> Iterator[str]:
    """Each thing that does not hold, with the place where it stands."""
    try:
        yield from _faults(told)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        yield f"The file is not written as a ledger is: {type(error).__name__} at {error}."


def _faults(told: Any) -> Iterator[str]:  # noqa: ANN401 - whatever stands in the file
    if told["format"] == CERTIFICATE:
        if digest(told["snapshot"]) != told["digest"]:
            yield f"Certificate {told['snapshot']['number']} was altered: its digest is another."
        return
    if told["format"] != FORMAT or told["version"] != 1:
        yield f"This is not a ledger of version 1 but {told['format']} {told['version']}."
        return
    for one in told["volunteers"]:
        yield from chain_faults(one["number"], one["entries"], one["total"])
    numbers = [one["number"] for one in told["volunteers"]]
    if len(set(numbers)) != len(numbers):
        yield "A volunteer stands in the file twice."
    yield from _root_faults(told) if told["whole"] else _proof_faults(told)


def chain_faults(number: str, entries: Sequence[Line], total: int | None = None) -> Iterator[str]:
    """Of one volunteer: each line is as it was written, follows the one before, and the sum is right."""
    before, credited, undone = "", dict[int, Line](), set[int]()
    for place, line in enumerate(entries, start=1):
        where = f"{number}, line {place}"
        facts = {name: value for name, value in line.items() if name != "digest"}
        if line["seq"] != place:
            yield f"{where}: a line is missing, or stands in the wrong place (it says {line['seq']})."
        if line["number"] != number:
            yield f"{where}: it is a line of {line['number']}."
        if line["before"] != before:
            yield f"{where}: the line before it was changed or exchanged."
        if digest(facts) != line["digest"]:
            yield f"{where}: the line was changed."
        yield from (f"{where}: {words}." for words in _line_faults(line, credited, undone))
        before = line["digest"]
        credited[line["seq"]] = line
    if total is not None and total != sum(line["minutes"] for line in entries):
        yield f"{number}: the lines add up to {sum(line['minutes'] for line in entries)} minutes, not {total}."


def _line_faults(line: Line, seen: Mapping[int, Line], undone: set[int]) -> Iterator[str]:
    first, second = line["by"]
    if first == second or line["of"] in {first, second}:
        yield "two different people must stand behind it, neither of them the volunteer"
    if seen and line["at"] < seen[max(seen)]["at"]:
        yield "it was written before the line before it"
    if line["days"] and sum(minutes for _day, minutes in line["days"]) != line["minutes"]:
        yield "its days do not add up to its minutes"
    if line["kind"] == "credit":
        standing = [one for seq, one in seen.items() if one["kind"] == "credit" and seq not in undone]
        if any(one["session"] == line["session"] for one in standing):
            yield f"session {line['session']} stands there already"
        if not line["above"]:
            yield from _over_the_day(line, standing)
    elif line["kind"] == "reversal":
        taken = seen.get(line["reverses"])
        if taken is None or line["reverses"] in undone or taken["minutes"] != -line["minutes"]:
            yield "it takes back what does not stand there"
        undone.add(line["reverses"])


def _over_the_day(line: Line, standing: Sequence[Line]) -> Iterator[str]:
    for day, minutes in line["days"]:
        had = sum(count for one in standing for other, count in one["days"] if other == day)
        if had + minutes > 600:  # noqa: PLR2004 - ten hours
            yield f"{day} has more than ten hours, and nobody of the tier above has signed"


def _root_faults(told: Mapping[str, Any]) -> Iterator[str]:
    for one in told["roots"]:
        heads, minutes = [], 0
        for volunteer in told["volunteers"]:
            lines = [line for line in volunteer["entries"] if line["at"] < one["until"]]
            if lines:
                heads.append(head(volunteer["number"], lines[-1]["seq"], lines[-1]["digest"]))
                minutes += sum(line["minutes"] for line in lines)
        if root_of(heads) != one["root"]:
            yield f"The root of {one['month']} is not that of these lines: a line before {one['until']} was changed."
        if minutes != one["minutes"]:
            yield f"The lines before {one['until']} add up to {minutes} minutes, not to the {one['minutes']} published."


def _proof_faults(told: Mapping[str, Any]) -> Iterator[str]:
    """One volunteer's own file: the way from their last line of a month to the published root of that month."""
    roots = {one["month"]: one["root"] for one in told["roots"]}
    lines = {(one["number"], line["seq"]): line for one in told["volunteers"] for line in one["entries"]}
    for proof in told["proofs"]:
        line = lines[proof["number"], proof["seq"]]
        start = merkle.leaf(head(proof["number"], proof["seq"], line["digest"]))
        if merkle.climb(start, proof["path"]) != roots[proof["month"]]:
            yield f"{proof['number']}, line {proof['seq']}: it is not under the root of {proof['month']}."


def head(number: str, seq: int, last: str) -> list[object]:
    """A leaf of the root: a volunteer's last line."""
    return [number, seq, last]


def root_of(heads: Sequence[list[object]]) -> str:
    return merkle.root([merkle.leaf(one) for one in sorted(heads, key=_number)])


def _number(one: list[object]) -> str:
    return str(one[0])
