"""What the network does when somebody deletes their account."""

from __future__ import annotations

from baixing.network.models import Home
from baixing.people.news import Erased, erased


@erased.hear
def the_address_goes_with_the_person(gone: Erased) -> None:
    Home.objects.filter(person=gone.person).update(address="", alone=False)
