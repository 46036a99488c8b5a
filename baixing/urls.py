"""Every address of the system; each app has its own part, those asked for most come first."""

from __future__ import annotations

from baixing.kernel.addresses import addresses_of

urlpatterns = [
    addresses_of("baixing.menu.urls"),
    addresses_of("baixing.orders.urls"),
    addresses_of("baixing.desks.urls"),
    addresses_of("baixing.notices.urls"),
    addresses_of("baixing.people.urls"),
    addresses_of("baixing.teams.urls"),
    addresses_of("baixing.network.urls"),
    addresses_of("baixing.schedule.urls"),
    addresses_of("baixing.hours.urls"),
    addresses_of("baixing.programme.urls"),
    addresses_of("baixing.exchange.urls"),
    addresses_of("baixing.dispatching.urls"),
    addresses_of("baixing.look.urls"),
]

handler400 = "baixing.look.views.bad_request"
handler403 = "baixing.look.views.permission_denied"
handler404 = "baixing.look.views.not_found"
handler500 = "baixing.look.views.server_error"
