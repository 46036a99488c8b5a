from __future__ import annotations

from django.urls import path

from baixing.menu import views

app_name = "menu"
urlpatterns = [path("menu/", views.browse, name="browse")]
