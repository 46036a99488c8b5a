"""A person's browser at the pages of orders."""

from __future__ import annotations

from django.http import HttpResponse

from baixing.orders.models import Order
from tests.web import Web as Browser


class Web(Browser):
    """A person's browser, which also does the verbs of an order."""

    def do(self, order: Order, verb: str, **said: object) -> HttpResponse:
        now = Order.objects.get(pk=order.pk)
        return self.post(f"/orders/{order.pk}/{verb}/", version=now.version, **said)
