from __future__ import annotations

from django.urls import path

from baixing.programme import views

app_name = "programme"
urlpatterns = [
    path("programme/edit/", views.edit_list, name="edit_list"),
    path("programme/themes/<int:year>/<int:month>/", views.theme, name="theme"),
    path("programme/brands/add/", views.add_brand, name="add_brand"),
    path("programme/brands/<slug:slug>/", views.brand, name="brand"),
]
