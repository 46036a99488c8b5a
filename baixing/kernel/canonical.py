"""One text for one value: what is digested, signed and compared is the same bytes everywhere."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> bytes:
    """JSON with its names in order and no spaces, in UTF-8. Whole numbers, texts, yes and no, null: nothing else."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()
