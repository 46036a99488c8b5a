"""A few faults planted in the running code, by the same changes of the source that `./run drill faults` makes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Final

import pytest
from _pytest.outcomes import Failed

from baixing.kernel.refusals import Refused
from drills.faults import FAULTS, Fault, planted
from tests.threats.claims import is_test
from tests.town import Town

ROOT: Final = Path(__file__).resolve().parents[2]
SHORT: Final = (
    "an offer accepted after it is due",
    "a rating by the team itself",
    "a bounce not counted",
    "a co-sign by its own author",
    "a line left out of the journal",
    "a clock reset on transfer",
    "an order sent up twice",
)


@pytest.mark.parametrize("name", SHORT)
def test_a_planted_fault_turns_its_test_red(town: Town, name: str) -> None:
    fault = FAULTS[name]

    with _planted(fault), pytest.raises((AssertionError, Failed, Refused)):
        _test(fault.red[0])(town)


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_can_be_planted_and_names_tests_that_exist(name: str) -> None:
    fault = FAULTS[name]
    sound = (ROOT / fault.file).read_text()

    ast.parse(planted(sound, fault))

    assert planted(sound, fault) != sound
    assert fault.red
    assert [test for test in fault.red if not is_test(test)] == []


def test_there_are_faults_enough() -> None:
    assert len(FAULTS) >= 12


def _test(name: str) -> Callable[[Town], None]:
    path, _, function = name.partition("::")
    found: Callable[[Town], None] = getattr(import_module(path.removesuffix(".py").replace("/", ".")), function)
    return found


@contextmanager
def _planted(fault: Fault) -> Iterator[None]:
    """Functions keep their places, whoever holds them, and get the code that the faulty source gives them."""
    module = import_module(fault.file.removesuffix(".py").replace("/", "."))
    faulty = ModuleType(module.__name__)
    exec(compile(planted((ROOT / fault.file).read_text(), fault), fault.file, "exec"), faulty.__dict__)  # noqa: S102 - our own source
    changed = list(_changed(module, faulty))
    assert changed, "no function differs"
    sound = [(function, function.__code__) for function, _code in changed]
    try:
        for function, code in changed:
            function.__code__ = code
        yield
    finally:
        for function, code in sound:
            function.__code__ = code


def _changed(module: ModuleType, faulty: ModuleType) -> Iterator[tuple[FunctionType, CodeType]]:
    for name, held in vars(module).items():
        ours, theirs = _plain(held), _plain(vars(faulty).get(name))
        if ours and theirs and ours.__module__ == module.__name__ and _differ(ours.__code__, theirs.__code__):
            yield ours, theirs.__code__


def _plain(held: object) -> FunctionType | None:
    """The function itself, without what decorates it."""
    while hasattr(held, "__wrapped__"):
        held = held.__wrapped__
    return held if isinstance(held, FunctionType) else None


def _differ(one: CodeType, other: CodeType) -> bool:
    return (one.co_code, one.co_consts, one.co_names) != (other.co_code, other.co_consts, other.co_names)
