"""The same server with a count of tries that does not look before it counts: for a control only."""

from __future__ import annotations

from datetime import datetime

from baixing.wsgi import application  # first: it makes the apps ready

__all__ = ["application"]


def _plant() -> None:
    from baixing.people import actions
    from baixing.people.actions.turns import take_turn

    def count_always(_nonce: str, _code: str, *, at: datetime) -> None:
        take_turn("control", f"{at:%Y}")

    actions.answer_code = count_always  # type: ignore[assignment]  # the control answers no code


_plant()
