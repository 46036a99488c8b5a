from __future__ import annotations

from django.urls import path

from baixing.orders.forms import FORMS
from baixing.orders.views import lists, ordering, settings, verbs

app_name = "orders"
urlpatterns = [
    path("services/<slug:code>/", ordering.item, name="item"),
    path("services/<slug:code>/order/", ordering.order_item, name="order_item"),
    path("wish/", ordering.wish, name="wish"),
    path("wish/like/", ordering.like, name="like"),
    path("track/", lists.track, name="track"),
    path("orders/mine/", lists.mine, name="mine"),
    path("orders/new/", ordering.on_behalf, name="on_behalf"),
    path("visits/", lists.visits, name="visits"),
    path("visits/print/", lists.print_visits, name="print_visits"),
    path("visits/list/", lists.visit_list, name="visit_list"),
    path("orders/<int:pk>/", verbs.order, name="order"),
    path("orders/<int:pk>/slip/", lists.slip, name="slip"),
    path("orders/<int:pk>/visit.ics", lists.calendar, name="calendar"),
    path("orders/<int:pk>/journal/", lists.journal, name="journal"),
    path("orders/<int:pk>/journal.csv", lists.journal_sheet, name="journal_sheet"),
    path("orders/<int:pk>/close-call/", verbs.close_call, name="close_call"),
    path("orders/<int:pk>/follow/", verbs.follow, name="follow"),
    path("orders/<int:pk>/join/", ordering.join, name="join"),
    path("settings/reasons/", settings.reasons, name="reasons"),
    path("settings/reasons/add/<slug:kind>/", settings.add_reason, name="add_reason"),
    path("settings/reasons/<int:pk>/", settings.reason, name="reason"),
    path("settings/reasons/<int:pk>/retire/", settings.retire_reason, name="retire_reason"),
    path("settings/reasons/<int:pk>/restore/", settings.restore_reason, name="restore_reason"),
    path("settings/clocks/", settings.clocks, name="clocks"),
    path("settings/clocks/<slug:step>/", settings.clock, name="clock"),
    path("followers/<int:pk>/end/", verbs.unfollow, name="unfollow"),
    *(
        path(f"orders/<int:pk>/{verb.replace('_', '-')}/", verbs.do, {"verb": verb}, name=verb)
        for verb in FORMS
        if verb != "follow"
    ),
]
