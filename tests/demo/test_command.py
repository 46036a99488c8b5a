"""`baixing seed`, as an operator runs it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from pytest_django import Settings

from baixing.people.models import Person


@pytest.mark.django_db
def test_outside_a_demo_nothing_is_made(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(SystemExit):
        call_command("seed")

    assert not Person.objects.exists()
