from __future__ import annotations

from django.urls import path

from baixing.schedule import views

app_name = "schedule"
urlpatterns = [
    path("teams/<int:pk>/calendar/", views.calendar, name="calendar"),
    path("teams/<int:pk>/days-off/", views.take_days_off, name="take_days_off"),
    path("days-off/<int:pk>/drop/", views.drop_days_off, name="drop_days_off"),
    path("venues/", views.venue_list, name="venues"),
    path("venues/<int:pk>/", views.venue, name="venue"),
    path("venues/<int:pk>/day/", views.venue_day, name="venue_day"),
    path("venues/<int:pk>/month/", views.venue_month, name="venue_month"),
    path("venues/<int:pk>/edit/", views.edit_venue, name="edit_venue"),
    path("venues/<int:pk>/close/", views.close_days, name="close_days"),
    path("venues/<int:pk>/spaces/add/", views.add_space, name="add_space"),
    path("units/<int:pk>/venues/add/", views.add_venue, name="add_venue"),
    path("closures/<int:pk>/open/", views.open_days, name="open_days"),
    path("spaces/<int:pk>/edit/", views.edit_space, name="edit_space"),
    path("spaces/<int:pk>/book/", views.book, name="book"),
    path("spaces/free/", views.free_spaces, name="free_spaces"),
    path("bookings/", views.booking_list, name="bookings"),
    path("bookings/<int:pk>/", views.booking, name="booking"),
    path("bookings/<int:pk>/confirm/", views.confirm_booking, name="confirm_booking"),
    path("bookings/<int:pk>/refuse/", views.refuse_booking, name="refuse_booking"),
    path("bookings/<int:pk>/release/", views.release_booking, name="release_booking"),
    path("bookings/<int:pk>/release-rest/", views.release_rest, name="release_rest"),
    path("bookings/<int:pk>/call-off/", views.call_off_booking, name="call_off_booking"),
]
