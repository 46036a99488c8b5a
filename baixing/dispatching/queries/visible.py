"""Which plans somebody may read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from baixing.dispatching.models import Plan, PlanQuerySet, Proposal, ProposalQuerySet
from baixing.network.models import Post, Unit
from baixing.network.rules import OFFICERS
from baixing.orders.rules import Standing


def visible(one: Standing) -> PlanQuerySet:
    """Those of the units under one's posts."""
    seen = Q(pk=None)
    for post in one.posts:
        if post.kind in OFFICERS | {Post.Kind.AUDITOR}:
            seen |= Q(unit__path__startswith=post.unit.path)
    return Plan.objects.filter(seen).select_related("unit", "by")


def proposals(one: Standing) -> ProposalQuerySet:
    return Proposal.objects.filter(plan__in=visible(one)).with_nouns()


def read_unit(pk: int) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=pk, tier__gte=1).select_related("parent")


def offices(one: Standing) -> list[Unit]:
    """The units of the person's own posts, the highest first."""
    posts = [post for post in one.posts if post.kind in OFFICERS]
    return sorted({post.unit_id: post.unit for post in posts}.values(), key=lambda unit: unit.path)
