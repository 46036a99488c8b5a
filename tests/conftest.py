"""What every test stands on: compiled translations, no network, triggers that let the test database be emptied."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import chain, groupby
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.template import Template
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis

from tests.emptying import empty
from tests.laid import laid
from tests.second_step import pass_second_step
from tests.town import Town, build
from tools.compile_words import compile_words

pytest_plugins = ["tests.access.standing", "tests.browser", "tests.mould", "tests.rendered"]
hypothesis.register_profile("ours", deadline=None)  # a slow machine is no fault
hypothesis.load_profile("ours")
PLAIN = Template._render  # type: ignore[attr-defined]  # Django has it, its stubs do not


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # nearly all that is loaded now stays
    if not hasattr(config, "workerinput"):  # once, not in each worker
        compile_words()


LONG = (
    "access/test_pages.py",
    "access/test_lists.py",
    "/test_machine.py",
    "machine/test_ways.py",
    "operations/test_migrating.py",
)
WHOLE = ("demo/test_seed.py",)  # what its tests begin with takes ten times as long as all of them


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, in each of the processes, so that none works on alone at the end.

    The first share of the tests goes to the first process, the second one to the second, and so on. Whoever has none
    left takes them from the end of another's share: what stands together at the beginning of one stays together.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    whole = groupby((item for item in items if _is_of(item, WHOLE)), lambda item: item.nodeid.partition("[")[2])
    first = [*([item] for item in items if _is_of(item, LONG)), *(list(alike) for _kind, alike in whole)]
    rest, shares = [item for item in items if not _is_of(item, LONG + WHOLE)], list[pytest.Item]()
    for n in range(processes):
        begins = list(chain(*first[n::processes]))
        size = (len(items) - len(shares)) // (processes - n) - len(begins)  # as they are handed out
        shares += [*begins, *rest[: max(size, 0)]]
        del rest[: max(size, 0)]
    items[:] = [*shares, *rest]


def _is_of(item: pytest.Item, files: tuple[str, ...]) -> bool:
    return any(part in item.nodeid for part in files)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What stands now stands to the end: nobody looks through it again for what may go."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _a_test_that_commits_leaves_nothing() -> Iterator[None]:
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda _test: empty(connection)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_are_drawn_as_they_are_served(django_test_environment: None) -> None:
    """Django's tests copy all that each template is drawn with, which takes a tenth of the time of all walks."""
    Template._render = PLAIN  # type: ignore[attr-defined]  # Django has it, its stubs do not


@pytest.fixture(scope="session", autouse=True)
def _the_network_ends_at_this_machine() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: tuple[str, int] | str) -> None:
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise ConnectionRefusedError(f"a test asked for {address[0]}")
        connect(self, address)

    with patch.object(socket.socket, "connect", connect_here):
        yield


@pytest.fixture(autouse=True)
def _every_test_starts_in_chinese() -> None:
    translation.activate(settings.LANGUAGE_CODE)  # a page shown in English leaves its thread speaking it


@pytest.fixture(autouse=True)
def _whoever_a_test_signs_in_by_force_has_passed_the_second_step(request: pytest.FixtureRequest) -> Iterator[None]:
    """`force_login` skips the door, and so does the browser it makes. Marked `half_way` it stays at the second step."""
    if "half_way" in request.keywords:
        yield
        return
    user_logged_in.connect(pass_second_step, dispatch_uid="tests.pass_second_step")
    yield
    user_logged_in.disconnect(dispatch_uid="tests.pass_second_step")


def _is_here(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback


@pytest.fixture
def town(db: None) -> Town:
    return laid("town", build)
