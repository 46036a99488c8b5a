"""A verifier of the ledger by docs/ledger.md alone: plain Python, nothing of ours is imported."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def text(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def node(left: str, right: str) -> str:
    return sha(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right))


def merkle(row: list[str]) -> str:
    while len(row) > 1:
        odd = [row[-1]] if len(row) % 2 else []
        row = [node(a, b) for a, b in zip(row[::2], row[1::2], strict=False)] + odd
    return row[0] if row else sha(b"")


def verify(file: dict[str, Any]) -> list[str]:
    try:
        return _verify(file)
    except (KeyError, TypeError, ValueError) as error:
        return [f"not a ledger: {error!r}"]


def _verify(file: dict[str, Any]) -> list[str]:
    bad: list[str] = []
    for volunteer in file["volunteers"]:
        before, total = "", 0
        for place, line in enumerate(volunteer["entries"], 1):
            rest = {name: value for name, value in line.items() if name != "digest"}
            chained = (line["seq"], line["before"], line["number"]) == (place, before, volunteer["number"])
            if not chained or sha(text(rest)) != line["digest"] or len({line["of"], *line["by"]}) != 3:
                bad.append(f"{volunteer['number']} line {place}")
            before, total = line["digest"], total + line["minutes"]
        bad += [] if total == volunteer["total"] else [f"{volunteer['number']} sum"]
    for root in file["roots"] if file["whole"] else []:
        under = [(v["number"], [e for e in v["entries"] if e["at"] < root["until"]]) for v in file["volunteers"]]
        heads = sorted([number, lines[-1]["seq"], lines[-1]["digest"]] for number, lines in under if lines)
        minutes = sum(line["minutes"] for _number, lines in under for line in lines)
        good = merkle([sha(b"\x00" + text(head)) for head in heads]) == root["root"] and minutes == root["minutes"]
        bad += [] if good else [f"root {root['month']}"]
    for proof in file.get("proofs", []):
        lines = {(v["number"], e["seq"]): e["digest"] for v in file["volunteers"] for e in v["entries"]}
        now = sha(b"\x00" + text([proof["number"], proof["seq"], lines[proof["number"], proof["seq"]]]))
        for side, other in proof["path"]:
            now = node(other, now) if side == "left" else node(now, other)
        bad += [] if now in {root["root"] for root in file["roots"]} else [f"proof {proof['month']}"]
    return bad
