"""The two counties as tests ask for them, as `world`; for the walks over all addresses they are laid once a module."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.access.world import World, build
from tests.laid import laid
from tests.town import NINE
from tests.town import build as found


@pytest.fixture
def world(db: None) -> World:
    return _world()


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """In a transaction around those of the tests. Only for modules all of whose tests want it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = _world()
        with time_machine.travel(NINE, tick=False):
            world.sign_in_all()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def same_world(founded: World, db: None) -> World:
    return deepcopy(founded)


def _world() -> World:
    with time_machine.travel(NINE, tick=False), translation.override(settings.LANGUAGE_CODE):
        return laid("world", lambda: build(found()))
