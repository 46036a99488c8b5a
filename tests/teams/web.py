"""A person's browser, which sends what a form would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from baixing.kernel.once import new_key
from baixing.people.models import Person
from baixing.teams.models import Membership

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


class Web:
    def __init__(self, person: Person | None = None) -> None:
        self.client = Client(headers={"accept-language": "en"})
        if person is not None:
            self.client.force_login(person)

    def get(self, address: str, status: int = 200) -> str:
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()

    def post(self, address: str, /, **typed: object) -> Answer:
        return self.client.post(address, {"key": new_key(), **typed})

    def do(self, membership: Membership, verb: str, **typed: object) -> Answer:
        """A verb of a page that shows the membership as it is now."""
        version = Membership.objects.get(pk=membership.pk).version
        return self.post(f"/memberships/{membership.pk}/{verb}/", version=version, **typed)
