"""A person at a browser, for the tests of pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client

from baixing.kernel.once import new_key
from baixing.people.models import Person


class Web:
    """A person's browser, which sends what a form would."""

    def __init__(self, person: Person | None = None) -> None:
        self.client = Client(headers={"accept-language": "en"})
        if person is not None:
            self.client.force_login(person)

    def get(self, address: str, status: int = 200) -> str:
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()

    def post(self, page: str, /, **said: object) -> HttpResponse:
        return self.client.post(page, {"key": new_key(), **said})  # type: ignore[return-value]  # the test's own answer
