from __future__ import annotations

from django.urls import path

from baixing.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/read/", views.read, name="read"),
    path("notices/quiet/", views.keep_quiet, name="keep_quiet"),
    path("notices/browsers/", views.subscribe, name="subscribe"),
    path("notices/browsers/<int:pk>/end/", views.unsubscribe, name="unsubscribe"),
    path("notices/wechat/", views.wechat, name="wechat"),
    path("notices/wechat/link/", views.link_wechat, name="link_wechat"),
    path("notices/choices/", views.choices, name="choices"),
    path("notices/choices/<str:channel>/", views.choose, name="choose"),
]
