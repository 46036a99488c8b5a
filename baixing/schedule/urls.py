from __future__ import annotations

from django.urls import path

from baixing.schedule import views

app_name = "schedule"
urlpatterns = [
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/sign-up/", views.sign_up, name="sign_up"),
    path("sessions/<int:pk>/guest/", views.guest, name="guest"),
    path("sessions/<int:pk>/guest/code/", views.guest_code, name="guest_code"),
    path("sessions/<int:pk>/change/", views.change, name="change"),
    path("sessions/<int:pk>/open/", views.open_session, name="open"),
    path("sessions/<int:pk>/call-off/", views.call_off, name="call_off"),
    path("sessions/<int:pk>/people/", views.people, name="people"),
    path("sessions/<int:pk>/call-list/", views.call_list, name="call_list"),
    path("sessions/run/", views.run, name="run"),
    path("sessions/plan/unit/<int:pk>/", views.plan, {"kind": "unit"}, name="plan_unit"),
    path("sessions/plan/team/<int:pk>/", views.plan, {"kind": "team"}, name="plan_team"),
    path("signups/", views.mine, name="mine"),
    path("signups/<int:pk>/", views.signup, name="signup"),
    path("signups/<int:pk>/confirm/", views.do, {"verb": "confirm"}, name="confirm"),
    path("signups/<int:pk>/cancel/", views.do, {"verb": "cancel"}, name="cancel"),
    path("signups/<int:pk>/allow/", views.do, {"verb": "allow"}, name="allow"),
    path("signups/<int:pk>/approve/", views.do, {"verb": "approve"}, name="approve"),
    path("signups/<int:pk>/reject/", views.reject, name="reject"),
    path("s/<slug:code>/", views.tracked, name="tracked"),
    path("s/<slug:code>/confirm/", views.tracked_do, {"verb": "confirm"}, name="tracked_confirm"),
    path("s/<slug:code>/cancel/", views.tracked_do, {"verb": "cancel"}, name="tracked_cancel"),
    path("teams/<int:pk>/calendar/", views.calendar, name="calendar"),
    path("teams/<int:pk>/days-off/", views.take_days_off, name="take_days_off"),
    path("teams/<int:pk>/calendar.ics", views.team_feed, name="team_feed"),
    path("units/<int:pk>/calendar.ics", views.unit_feed, name="unit_feed"),
    path("sessions/<int:pk>/calendar.ics", views.session_file, name="session_file"),
    path("calendars/<str:secret>.ics", views.feed, name="feed"),
    path("me/calendars/", views.feeds, name="feeds"),
    path("me/calendars/make/", views.make_feed, name="make_feed"),
    path("me/calendars/make/<int:pk>/", views.make_team_feed, name="make_team_feed"),
    path("me/calendars/<int:pk>/revoke/", views.revoke_feed, name="revoke_feed"),
    path("days-off/<int:pk>/drop/", views.drop_days_off, name="drop_days_off"),
]
