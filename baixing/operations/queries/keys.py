"""What is sealed, and under which key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from baixing.kernel import seal
from baixing.people.models import Person


@dataclass(frozen=True)
class Column:
    """A sealed column of a table."""

    model: type[Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


class Sealed(NamedTuple):
    """A row and what stands in its column, still sealed."""

    pk: int
    token: str


def columns() -> Iterator[Column]:
    """Every sealed column there is, of every app."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, seal.SealedField):
                yield Column(model, field.name)


def tokens(column: Column, *, after: int = 0, limit: int | None = None) -> Iterator[Sealed]:
    """The rows of a column that are not empty, unopened, by their keys from the one after this."""
    rows = column.model._base_manager.exclude(**{column.name: ""}).filter(pk__gt=after).order_by("pk")
    unopened = rows.annotate(token=Cast(column.name, TextField())).values_list("pk", "token")
    yield from (Sealed(pk, token) for pk, token in unopened[:limit].iterator())


def ages() -> dict[str, Counter[str]]:
    """For each sealed column that holds anything: how many texts are under the first key, an old one, or none."""
    found = {str(column): Counter(seal.age(row.token) for row in tokens(column)) for column in columns()}
    return {name: counts for name, counts in found.items() if counts}


def indexes_fit() -> bool:
    """Whether the blind index of the newest number is what INDEX_KEY makes of it."""
    newest = Person.objects.exclude(phone="").order_by("-pk").first()
    return newest is None or newest.phone_index == seal.blind(newest.phone)


def key_faults() -> Iterator[str]:
    """Whether an older key is needed still, or may go."""
    found = ages().values()
    old, lost = (sum(counts[age] for counts in found) for age in (seal.OLD, seal.LOST))
    if lost:
        yield f"{lost} sealed texts open under none of FIELD_KEYS. Put the key that is missing back at the end."
    if old:
        yield f"{old} texts are sealed under an older key. Run baixing rotate_keys."
    elif len(settings.FIELD_KEYS) > 1:
        yield "Only the first of FIELD_KEYS is in use. Take the others out."
