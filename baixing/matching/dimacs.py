"""Minimum-cost flows as DIMACS writes them: `p min NODES ARCS`, `n NODE SUPPLY`, `a FROM TO LEAST MOST COST`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from baixing.matching.flow import Network, flow

MOST = 2**40  # of any number
FIELDS = {"p": 3, "n": 2, "a": 5}


class Unreadable(ValueError):
    """Says in which line."""


@dataclass(frozen=True)
class Problem:
    nodes: int
    arcs: list[tuple[int, ...]] = field(default_factory=list)  # from, to, least, most, cost
    supply: dict[int, int] = field(default_factory=dict)


def cheapest(problem: Problem) -> int:
    """The cost of the flow that meets all supplies at the least cost."""
    tail, head, least, most, cost = np.array(problem.arcs or np.zeros((0, 5)), dtype=np.int64).T
    supply = np.zeros(problem.nodes + 1, np.int64)
    for node, amount in problem.supply.items():
        supply[node] = amount
    np.add.at(supply, head, least)  # what must flow flows already
    np.add.at(supply, tail, -least)
    found = least + flow(Network(tail, head, most - least, cost, supply))
    return sum(each * price for each, price in zip(found.tolist(), cost.tolist(), strict=True))


def read(lines: Iterable[str]) -> Problem:
    problem, wanted = None, 0
    for number, line in enumerate(lines, start=1):
        kind, *words = line.split() or ["c"]
        if kind == "c":
            continue
        if kind == "p":
            if problem is not None:
                raise Unreadable(f"line {number}: a second problem")
            problem, wanted = _begun(words, number)
        elif problem is None:
            raise Unreadable(f"line {number}: before the line of the problem")
        else:
            _take(problem, kind, words, number)
    if problem is None:
        raise Unreadable("there is no line of the problem (p min NODES ARCS)")
    if len(problem.arcs) != wanted:
        raise Unreadable(f"{len(problem.arcs)} arcs where {wanted} are announced")
    return problem


def _begun(words: list[str], number: int) -> tuple[Problem, int]:
    if len(words) != FIELDS["p"] or words[0] != "min":
        raise Unreadable(f"line {number}: p min NODES ARCS is wanted")
    nodes, arcs = _numbers(words[1:], number)
    if nodes < 1 or arcs < 0:
        raise Unreadable(f"line {number}: {nodes} nodes and {arcs} arcs")
    return Problem(nodes), arcs


def _take(problem: Problem, kind: str, words: list[str], number: int) -> None:
    if kind not in FIELDS:
        raise Unreadable(f"line {number}: nothing begins with {kind!r}")
    if len(words) != FIELDS[kind]:
        raise Unreadable(f"line {number}: {FIELDS[kind]} numbers are wanted, {len(words)} are there")
    numbers = _numbers(words, number)
    for node in numbers[: 2 if kind == "a" else 1]:
        if not 1 <= node <= problem.nodes:
            raise Unreadable(f"line {number}: there is no node {node}")
    if kind == "n":
        if numbers[0] in problem.supply:
            raise Unreadable(f"line {number}: node {numbers[0]} has a supply already")
        problem.supply[numbers[0]] = numbers[1]
        return
    least, most = numbers[2:4]
    if not 0 <= least <= most:
        raise Unreadable(f"line {number}: at least {least} and at most {most} cannot flow")
    problem.arcs.append(tuple(numbers))


def _numbers(words: list[str], number: int) -> list[int]:
    try:
        found = [int(word) for word in words]
    except ValueError as error:
        raise Unreadable(f"line {number}: a whole number is wanted") from error
    if any(abs(each) > MOST for each in found):
        raise Unreadable(f"line {number}: a number is too large")
    return found
