from __future__ import annotations

from django.urls import path

from baixing.menu.views import keeping, reading

app_name = "menu"
urlpatterns = [
    path("menu/", reading.browse, name="browse"),
    path("menu/edit/", keeping.edit_list, name="edit_list"),
    path("menu/edit/preview/", keeping.preview, name="preview"),
    path("menu/edit/<int:pk>/", keeping.edit_list, name="edit_list"),
    path("menu/edit/<int:pk>/add/", keeping.add, name="add"),
    path("menu/edit/<int:pk>/synonyms/", keeping.synonyms, name="synonyms"),
    path("menu/edit/<slug:code>/change/", keeping.change, name="change"),
    path("menu/edit/<slug:code>/retire/", keeping.retire, name="retire"),
    path("menu/edit/<slug:code>/keep-off/", keeping.keep_off, name="keep_off"),
    path("menu/edit/<slug:code>/back/", keeping.bring_back, name="bring_back"),
]
