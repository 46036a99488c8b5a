"""New keys for what is sealed: a batch at a time while the system runs; blind indexes all at once while it stands."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from baixing.kernel import seal
from baixing.notices.models import DemoMessage
from baixing.operations.queries.keys import Column, Sealed, tokens
from baixing.orders.models import Order
from baixing.people.models import Code, CodeLimit, Guardianship, Person, SignIn

BATCH = 500


def reseal_some(column: Column, after: int) -> tuple[int, int]:
    """Reseal the next batch of a column under the first key: the last key looked at, 0 at the end, and how many were
    resealed. Each row is written only if it still says what was read, so nothing written meanwhile is lost.
    """
    rows = list(tokens(column, after=after, limit=BATCH))
    with transaction.atomic():
        done = sum(_reseal(column, row) for row in rows if seal.age(row.token) == seal.OLD)
    return (rows[-1].pk if len(rows) == BATCH else 0), done


def _reseal(column: Column, row: Sealed) -> int:
    fresh = Value(seal.reseal(row.token), output_field=TextField())
    return _unchanged(column.model._base_manager.filter(pk=row.pk), column, row).update(**{column.name: fresh})


def _unchanged(rows: QuerySet[Model], column: Column, row: Sealed) -> QuerySet[Model]:
    unchanged: QuerySet[Model] = rows.alias(token=Cast(column.name, TextField())).filter(token=row.token)
    return unchanged


@transaction.atomic
def rebuild_indexes() -> int:
    """Reckon every blind index anew under the present INDEX_KEY, from the opened numbers; how many rows.

    What cannot be reckoned anew and is needed for days only is dropped: codes, counted tries, a demo's messages.
    """
    for model in (Code, CodeLimit, DemoMessage):
        model._base_manager.all().delete()
    SignIn.objects.exclude(address_index="").update(address_index="")
    return _of(Person, "phone_index", "phone_tail") + _of(Guardianship, "phone_index") + _of(Order, "phone_tail")


def _of(model: type[Person | Guardianship | Order], *indexes: str) -> int:
    count = 0
    for row in model._base_manager.exclude(phone="").only("pk", "phone").iterator(chunk_size=BATCH):
        new = {"phone_index": seal.blind(row.phone), "phone_tail": seal.tail(row.phone)}
        count += model._base_manager.filter(pk=row.pk).update(**{name: new[name] for name in indexes})
    return count
