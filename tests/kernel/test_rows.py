from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from baixing.kernel.models import OnceKey
from baixing.kernel.rows import add, insert
from tests.kernel.toy.models import Lamp
from tests.town import NINE

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def key(name: str) -> OnceKey:
    return OnceKey(owner="p1", key=name, at=NINE)


def test_of_two_equal_rows_one_is_added_and_the_transaction_goes_on() -> None:
    with transaction.atomic():
        added = [add(key("12345678")), add(key("12345678")), add(key("87654321"))]

    assert added == [True, False, True]
    assert OnceKey.objects.count() == 2


def test_an_added_row_knows_its_key() -> None:
    row = key("12345678")

    add(row)

    assert OnceKey.objects.get(pk=row.pk).key == "12345678"


def test_each_of_several_rows_gets_its_own_key() -> None:
    lamps = [Lamp(owner=name) for name in ("jin", "luo", "shi")]

    insert(lamps)
    insert([])

    assert [Lamp.objects.get(pk=lamp.pk).owner for lamp in lamps] == ["jin", "luo", "shi"]


def test_more_rows_than_a_statement_takes_are_inserted_in_their_order() -> None:
    lamps = [Lamp(owner=f"{number:06}") for number in range(12_000)]

    insert(lamps)

    assert list(Lamp.objects.order_by("owner").values_list("pk", flat=True)) == [lamp.pk for lamp in lamps]


def test_other_constraints_are_not_passed_over() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add(Lamp(version=0))

    assert not Lamp.objects.exists()
