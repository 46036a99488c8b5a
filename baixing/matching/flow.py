"""Minimum-cost flow, solved to the optimum by OR-Tools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints


class Unsolved(ArithmeticError):
    """No flow meets the supplies."""


@dataclass(frozen=True, eq=False)
class Network:
    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    supply: Ints  # of each node; below 0 it is a demand


def flow(network: Network) -> Ints:
    """The flow on each arc, of the least cost."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    solver, arcs = SimpleMinCostFlow(), len(network.tail)
    if arcs:
        solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, network.cost)
    solver.set_nodes_supplies(np.arange(len(network.supply)), network.supply)
    del network  # the solver has its own copy: of many arcs both together would be the most that is ever held
    if (status := solver.solve()) != solver.OPTIMAL:
        raise Unsolved(f"the flow has no optimum: {status.name.lower()}")
    return np.asarray(solver.flows(np.arange(arcs)), dtype=np.int64)
