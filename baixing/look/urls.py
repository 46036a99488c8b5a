from __future__ import annotations

from django.urls import path

from baixing.look import views

app_name = "look"
urlpatterns = [
    path("sw.js", views.service_worker, name="service_worker"),
    path("look/elder/", views.elder, name="elder"),
    path("look/theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("offline/", views.offline, name="offline"),
    path("privacy/", views.privacy, name="privacy"),
    path("look/", views.style_guide, name="guide"),
    path("look/<slug:page>/", views.style_guide, name="guide_page"),
]
