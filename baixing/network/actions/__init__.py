"""The verbs of the network."""

from __future__ import annotations

from baixing.network.actions.homes import set_home
from baixing.network.actions.loading import load_tags, load_tree
from baixing.network.actions.posts import appoint_post, leave, stand_down, stand_in
from baixing.network.actions.units import UnitFacts, add_unit, change_unit, move_unit, place_unit

__all__ = [
    "UnitFacts",
    "add_unit",
    "appoint_post",
    "change_unit",
    "leave",
    "load_tags",
    "load_tree",
    "move_unit",
    "place_unit",
    "set_home",
    "stand_down",
    "stand_in",
]
