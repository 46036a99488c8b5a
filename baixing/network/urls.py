from __future__ import annotations

from django.urls import path

from baixing.network.views import choosing, keeping, posts

app_name = "network"
urlpatterns = [
    path("home/", choosing.pick, name="pick"),
    path("home/<int:pk>/", choosing.settle, name="settle"),
    path("units/", choosing.units, name="units"),
    path("units/<int:pk>/edit/", keeping.edit, name="edit"),
    path("units/<int:pk>/add/", keeping.add, name="add"),
    path("units/<int:pk>/move/", keeping.move, name="move"),
    path("units/<int:pk>/place/", keeping.place, name="place"),
    path("units/<int:pk>/posts/", posts.posts, name="posts"),
    path("posts/<int:pk>/leave/", posts.leave, name="leave"),
    path("posts/<int:pk>/deputy/", posts.deputy, name="deputy"),
    path("deputies/<int:pk>/end/", posts.stand_down, name="stand_down"),
]
