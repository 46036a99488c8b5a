"""The verbs of the network."""

from __future__ import annotations

from baixing.network.actions.homes import set_home
from baixing.network.actions.loading import load_tags, load_tree
from baixing.network.actions.many import Filling, NewUnit, Settling, add_units, appoint_all, set_homes
from baixing.network.actions.posts import appoint_post, leave, stand_down, stand_in
from baixing.network.actions.units import UnitFacts, add_unit, change_unit, move_unit, place_unit

__all__ = [
    "Filling",
    "NewUnit",
    "Settling",
    "UnitFacts",
    "add_unit",
    "add_units",
    "appoint_all",
    "appoint_post",
    "change_unit",
    "leave",
    "load_tags",
    "load_tree",
    "move_unit",
    "place_unit",
    "set_home",
    "set_homes",
    "stand_down",
    "stand_in",
]
