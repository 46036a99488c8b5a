from __future__ import annotations

from django.urls import path

from baixing.exchange import views

app_name = "exchange"
urlpatterns = [
    path("units/<int:pk>/lists/", views.desk, name="desk"),
    path("units/<int:pk>/lists/<slug:kind>/", views.upload, name="upload"),
    path("units/<int:pk>/lists/<slug:kind>/template.<slug:ending>", views.template, name="template"),
    path("units/<int:pk>/lists/<slug:kind>/all.<slug:ending>", views.export, name="export"),
    path("lists/", views.first, name="first"),
    path("lists/<int:pk>/", views.show, name="show"),
    path("lists/<int:pk>/faults.xlsx", views.faults, name="faults"),
    path("lists/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("lists/<int:pk>/drop/", views.drop, name="drop"),
    path("lists/<int:pk>/undo/", views.undo, name="undo"),
]
