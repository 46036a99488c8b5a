from __future__ import annotations

from datetime import datetime

import pytest
from django.db.models import F, QuerySet

from baixing.journal.actions import write
from baixing.journal.models import Entry
from baixing.kernel.prepared import one_of, prepared
from baixing.network.models import Home, Post
from tests.town import HOUR, NINE, Town

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@prepared
def posts_of(person: int, on: datetime) -> QuerySet[Post]:
    return Post.objects.by_or_for(person, on).select_related("unit__parent", "person")


@prepared
def keys(*people: int) -> QuerySet[Home, tuple[int, str]]:
    return Home.objects.filter(one_of("person", people)).order_by("pk").values_list("person", "station__short")


@prepared
def marked(verb: str) -> QuerySet[Entry]:
    return Entry.objects.filter(verb=verb).annotate(number=F("seq") + 1).order_by("pk")


def test_rows_come_with_what_they_name_and_without_another_question(
    town: Town, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]  # a context manager, says its plugin
        found = [posts_of(person.pk, NINE) for person in (town.zhou, town.gao)]
        said = [(post.person.name, post.unit.short, post.unit.parent) for posts in found for post in posts]

    assert said == [("zhou", "柳树村", town.institute), ("gao", "铜城", None)]


def test_new_values_find_other_rows(town: Town) -> None:
    asked = [(town.zhou, NINE), (town.jin, NINE), (town.zhou, NINE - 48 * HOUR)]

    assert [len(posts_of(person.pk, on)) for person, on in asked] == [1, 0, 0]


def test_each_number_of_values_is_a_question_of_its_own(town: Town) -> None:
    nobody, one = keys(town.wei.pk), keys(town.wei.pk, town.jin.pk)

    assert (nobody, one) == ([], [(town.jin.pk, "柳树村")])


def test_what_is_reckoned_comes_too_and_sealed_or_packed_columns_are_opened(town: Town) -> None:
    write("dim", town.plumbers, by=town.jin, at=NINE, watts=40)
    home = Home.objects.get()

    assert [(line.number, line.facts, line.at) for line in marked("dim")] == [(2, {"watts": 40}, NINE)]  # type: ignore[attr-defined]  # an annotation
    assert home.address == "3 号楼 2 单元 501"
