"""Write PRIVACY.md from its register: python -m tools.privacy"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REGISTER, PAGE = ROOT / "docs" / "privacy.toml", ROOT / "PRIVACY.md"
HEAD = """# What is kept of people

Written from `docs/privacy.toml` by `python -m tools.privacy`. A test holds it against every column of the database:
one that is not named there fails, and so does a name without a column.

- **Least.** No number of an identity card, no position, no photo, no password. What stands below is all there is.
- **Sealed.** Columns marked ● are encrypted; a number is found by a keyed digest. SECURITY.md says how keys change.
- **Forgotten.** `baixing tick` empties once a day what was kept long enough. `WORDS_KEPT_DAYS` says how long after the
  end of an order, 180 unless set.
- **One's own.** `/me/data/` shows all of it and gives it as a table and as JSON. `/me/` corrects name, number, village
  and how one is told; a station corrects a date of birth, with a paper. `/me/erase/` deletes the account: names,
  numbers, addresses and words go, ids and counts stay.
- **Seen.** Each look at a resident's number or address is a line of the journal that names who looked.
"""


def register() -> dict[str, Any]:
    return tomllib.loads(REGISTER.read_text("utf-8"))


def page(sealed: set[str]) -> str:
    """The whole page; `sealed` are the columns that are encrypted, as app.Model.column."""
    tables = register()
    nothing = tables.pop("nothing_personal")
    parts = [
        HEAD,
        *(_part(label, row, sealed) for label, row in tables.items()),
        "## Tables that hold nothing personal\n",
    ]
    return "\n".join([*parts, *(f"- `{label}`: {why}" for label, why in nothing.items())]) + "\n"


def _part(label: str, row: dict[str, Any], sealed: set[str]) -> str:
    columns = ", ".join(f"{name}{' ●' if f'{label}.{name}' in sealed else ''}" for name in row["personal"])
    copy = f"under “{row['copy']}”" if "copy" in row else f"no: {row['no_copy']}"
    return (
        f"## {row['holds']}\n\n`{label}`: {columns}\n\n"
        f"- Why: {row['why']}.\n- Seen by: {row['sees']}.\n- Kept until: {row['until']}.\n- In the copy: {copy}.\n"
    )


def sealed_columns() -> set[str]:
    """Django must be set up."""
    from django.apps import apps

    from baixing.kernel.seal import SealedField

    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    PAGE.write_text(page(sealed_columns()), "utf-8")
