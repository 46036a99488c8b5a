from __future__ import annotations

from django.urls import path

from baixing.teams.views import duty, joining, keeping, papers, reading

app_name = "teams"
urlpatterns = [
    path("teams/", reading.team_list, name="list"),
    path("teams/mine/", reading.mine, name="mine"),
    path("teams/mine/duty/", duty.own_duty, name="own_duty"),
    path("teams/mine/most/", duty.week_most, name="week_most"),
    path("teams/found/", keeping.found, name="found"),
    path("teams/<int:pk>/", reading.team, name="team"),
    path("teams/<int:pk>/edit/", keeping.edit, name="edit"),
    path("teams/<int:pk>/duty/", duty.duty, name="duty"),
    path("teams/<int:pk>/hand-over/", keeping.hand_over, name="hand_over"),
    path("teams/<int:pk>/close/", keeping.close, name="close"),
    path("teams/<int:pk>/reopen/", keeping.reopen, name="reopen"),
    path("teams/<int:pk>/apply/", joining.apply, name="apply"),
    path("teams/<int:pk>/members/", joining.members, name="members"),
    path("teams/<int:pk>/licences/", papers.licences, name="licences"),
    path("teams/<int:pk>/licences/add/", papers.add_licence, name="add_licence"),
    path("licences/ending/", papers.ending, name="ending"),
    path("licences/<int:pk>/end/", papers.end_licence, name="end_licence"),
    path("memberships/<int:pk>/admit/", joining.admit, name="admit"),
    path("memberships/<int:pk>/refuse/", joining.refuse, name="refuse"),
    path("memberships/<int:pk>/withdraw/", joining.withdraw, name="withdraw"),
    path("memberships/<int:pk>/leave/", joining.leave, name="leave"),
    path("memberships/<int:pk>/remove/", joining.remove, name="remove"),
]
