"""What residents said of visits, as sums."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from baixing.orders.models import Rating
from baixing.people.models import Person
from baixing.schedule.models import Attendance


def faces_of(person: Person) -> Mapping[str, int]:
    """How often which face was given to visits to which somebody came."""
    came = Attendance.objects.filter(person=person, came=True).values("session")
    rows = Rating.objects.filter(visit__in=came).order_by().values_list("face")
    return dict(rows.annotate(all=Count("pk")))
