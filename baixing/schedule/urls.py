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
    path("sessions/<int:pk>/alert/", views.ask_alert, name="ask_alert"),
    path("sessions/<int:pk>/alert/drop/", views.drop_alert, name="drop_alert"),
    path("sessions/<int:pk>/refill/", views.refill, name="refill"),
    path("sessions/<int:pk>/take-over/<int:signup>/", views.take_over, name="take_over"),
    path("roles/<int:pk>/stand-by/", views.stand_by, name="stand_by"),
    path("roles/<int:pk>/stand-down/", views.stand_down, name="stand_down"),
    path("sessions/run/", views.run, name="run"),
    path("sessions/plan/unit/<int:pk>/", views.plan, {"kind": "unit"}, name="plan_unit"),
    path("sessions/plan/team/<int:pk>/", views.plan, {"kind": "team"}, name="plan_team"),
    path("signups/", views.mine, name="mine"),
    path("signups/<int:pk>/", views.signup, name="signup"),
    path("signups/<int:pk>/confirm/", views.do, {"verb": "confirm"}, name="confirm"),
    path("signups/<int:pk>/cancel/", views.do, {"verb": "cancel"}, name="cancel"),
    path("signups/<int:pk>/allow/", views.do, {"verb": "allow"}, name="allow"),
    path("signups/<int:pk>/approve/", views.do, {"verb": "approve"}, name="approve"),
    path("signups/<int:pk>/offer/", views.do, {"verb": "offer"}, name="offer"),
    path("signups/<int:pk>/keep/", views.do, {"verb": "keep"}, name="keep"),
    path("signups/<int:pk>/reject/", views.reject, name="reject"),
    path("s/<slug:code>/", views.tracked, name="tracked"),
    path("s/<slug:code>/confirm/", views.tracked_do, {"verb": "confirm"}, name="tracked_confirm"),
    path("s/<slug:code>/cancel/", views.tracked_do, {"verb": "cancel"}, name="tracked_cancel"),
    path("teams/<int:pk>/calendar/", views.calendar, name="calendar"),
    path("teams/<int:pk>/days-off/", views.take_days_off, name="take_days_off"),
    path("days-off/<int:pk>/drop/", views.drop_days_off, name="drop_days_off"),
]
