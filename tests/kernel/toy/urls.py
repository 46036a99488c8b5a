from __future__ import annotations

from django.urls import path

from baixing.urls import handler400, handler403, handler404, handler500
from baixing.urls import urlpatterns as ours
from tests.kernel.toy import views

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("careless/", views.careless),
    path("careful/", views.careful),
    path("refused/", views.refused),
    path("invalid/", views.invalid),
    path("without-database/", views.without_database),
    *ours,
]
