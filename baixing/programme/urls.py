from __future__ import annotations

from django.urls import path

from baixing.programme import views

app_name = "programme"
urlpatterns = [
    path("whats-on/", views.whats_on, name="whats_on"),
    path("whats-on/map/", views.whats_on_map, name="whats_on_map"),
    path("activities/", views.desk, name="desk"),
    path("activities/plan/", views.plan_activity, name="plan_activity"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/change/", views.change_activity, name="change_activity"),
    path("activities/<int:pk>/sessions/add/", views.add_sessions, name="add_sessions"),
    path("activities/<int:pk>/sessions/open/", views.open_sessions, name="open_sessions"),
    path("activities/<int:pk>/publish/", views.publish, name="publish"),
    path("activities/<int:pk>/conclude/", views.conclude, name="conclude"),
    path("activities/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("activities/<int:pk>/results/", views.tell_results, name="tell_results"),
    path("activities/<int:pk>/photos/add/", views.add_photo, name="add_photo"),
    path("activities/<int:pk>/photos/remove/", views.remove_photo, name="remove_photo"),
    path("activities/<int:pk>/stops/add/", views.add_stops, name="add_stops"),
    path("series/add/", views.add_series, name="add_series"),
    path("series/<int:pk>/", views.series, name="series"),
    path("series/<int:pk>/change/", views.change_series, name="change_series"),
    path("activity-lists/", views.lists, name="lists"),
    path("activity-lists/add/", views.add_list, name="add_list"),
    path("activity-lists/<int:pk>/", views.activity_list, name="activity_list"),
    path("activity-lists/<int:pk>/change/", views.change_list, name="change_list"),
    path("activity-lists/<int:pk>/enter/", views.enter, name="enter"),
    path("activity-lists/<int:pk>/strike/", views.strike, name="strike"),
    path("activity-lists/<int:pk>/publish/", views.publish_list, name="publish_list"),
    path("activity-lists/<int:pk>/close/", views.close_list, name="close_list"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("units/<int:pk>/plan/", views.plan, name="plan"),
    path("units/<int:pk>/plan/<slug:slug>/", views.plan_rows, name="plan_rows"),
    path("programme/quotas/", views.set_quotas, name="set_quotas"),
    path("programme/edit/", views.edit_list, name="edit_list"),
    path("programme/themes/<int:year>/<int:month>/", views.theme, name="theme"),
    path("programme/brands/add/", views.add_brand, name="add_brand"),
    path("programme/brands/<slug:slug>/", views.brand, name="brand"),
]
