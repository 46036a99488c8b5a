from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "baixing.people"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from baixing.notices.rules import register
        from baixing.people.queries.holdings import held
        from baixing.people.rules import NOTICES
        from baixing.people.rules.above import holdings_are

        register(NOTICES)
        holdings_are(held)
        user_logged_in.connect(_note_sign_in, dispatch_uid="people.note_sign_in")


def _note_sign_in(**said: Any) -> None:  # noqa: ANN401 - handed on
    from baixing.people.sessions import note_sign_in  # with the first who comes in

    note_sign_in(**said)
