"""Django's sessions in the database, read by a question that is written once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from baixing.kernel.calendar import now
from baixing.kernel.prepared import prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _session(str(self.session_key), now())
        if not found:
            self._session_key = None
        return found[0] if found else None


@prepared
def _session(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)
