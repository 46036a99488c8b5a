from __future__ import annotations

from django.urls import path

from baixing.orders import views

app_name = "orders"
urlpatterns = [
    path("services/<slug:code>/", views.item, name="item"),
    path("services/<slug:code>/order/", views.order_item, name="order_item"),
    path("wish/", views.wish, name="wish"),
    path("track/", views.track, name="track"),
    path("visits/", views.visits, name="visits"),
    path("orders/mine/", views.mine, name="mine"),
    path("orders/new/", views.on_behalf, name="on_behalf"),
    path("orders/<int:pk>/", views.page, name="order"),
    path("orders/<int:pk>/slip/", views.slip, name="slip"),
    path("orders/<int:pk>/visit.ics", views.calendar, name="calendar"),
    path("orders/<int:pk>/callback/", views.callback, name="callback"),
    path("orders/<int:pk>/<slug:verb>/", views.act, name="act"),
]
