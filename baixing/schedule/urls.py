from __future__ import annotations

from django.urls import path

from baixing.schedule import views

app_name = "schedule"
urlpatterns = [
    path("teams/<int:pk>/calendar/", views.calendar, name="calendar"),
    path("teams/<int:pk>/days-off/", views.take_days_off, name="take_days_off"),
    path("days-off/<int:pk>/drop/", views.drop_days_off, name="drop_days_off"),
]
