from __future__ import annotations

from django.urls import path

from baixing.schedule import views
from baixing.schedule.views import boards, closing, door, roster, sheets, tablets, taps

app_name = "schedule"
urlpatterns = [
    path("teams/<int:pk>/calendar/", views.calendar, name="calendar"),
    path("teams/<int:pk>/days-off/", views.take_days_off, name="take_days_off"),
    path("days-off/<int:pk>/drop/", views.drop_days_off, name="drop_days_off"),
]

at_the_door = [
    path("sessions/today/", boards.today, name="today"),
    path("sessions/<int:pk>/door/", door.screen, name="screen"),
    path("sessions/<int:pk>/here/", door.here, name="here"),
    path("sessions/<int:pk>/here/tell/", door.tell_here, name="tell_here"),
    path("sessions/<int:pk>/roster/", roster.roster, name="roster"),
    path("sessions/<int:pk>/roster/walk-in/", roster.walk_in, name="walk_in"),
    path("sessions/<int:pk>/roster/<int:signup>/", roster.roster_row, name="roster_row"),
    path("sessions/<int:pk>/roster/<int:signup>/in/", roster.tap_in, name="tap_in"),
    path("sessions/<int:pk>/roster/<int:signup>/out/", roster.tap_out, name="tap_out"),
    path("sessions/<int:pk>/roster/<int:signup>/take-back/", roster.take_back, name="take_back"),
    path("sessions/<int:pk>/scan/", roster.scan, name="scan"),
    path("sessions/<int:pk>/scan/read/", roster.scanned, name="scanned"),
    path("sessions/<int:pk>/board/", boards.board, name="board"),
    path("sessions/<int:pk>/board/<int:signup>/call/", boards.call, name="call"),
    path("sessions/<int:pk>/list/", taps.offline_list, name="offline_list"),
    path("sessions/<int:pk>/taps/", taps.taps, name="taps"),
    path("sessions/<int:pk>/tablets/", tablets.tablets, name="tablets"),
    path("sessions/<int:pk>/tablets/set-up/", tablets.set_up_tablet, name="set_up_tablet"),
    path("sessions/<int:pk>/tablets/<int:tablet>/end/", tablets.end_tablet, name="end_tablet"),
    path("sessions/<int:pk>/sheets/", sheets.sheets, name="sheets"),
    path("sessions/<int:pk>/sheets/print/", sheets.print_sheets, name="print_sheets"),
    path("sessions/<int:pk>/sheets/paper/", sheets.sheet_paper, name="sheet_paper"),
    path("sessions/<int:pk>/sheets/find/", sheets.find_sheet, name="find_sheet"),
    path("sessions/<int:pk>/closing/", closing.closing, name="closing"),
    path("sessions/<int:pk>/closing/report/", closing.report, name="report"),
    path("sessions/<int:pk>/closing/<int:attendance>/left/", closing.say_left, name="say_left"),
    path("sessions/<int:pk>/closing/<int:attendance>/agree/", closing.agree_left, name="agree_left"),
    path("sheets/<slug:code>/", sheets.sheet, name="sheet"),
    path("sheets/<slug:code>/read/", sheets.read_sheet, name="read_sheet"),
    path("sheets/<slug:code>/settle/", sheets.settle_sheet, name="settle_sheet"),
    path("door/<slug:token>/", tablets.tablet, name="tablet"),
    path("door/<slug:token>/use/", tablets.bind_tablet, name="bind_tablet"),
    path("door/<slug:token>/find/", tablets.find_on_tablet, name="find_on_tablet"),
    path("door/<slug:token>/in/", tablets.tablet_in, name="tablet_in"),
]
urlpatterns += at_the_door
