"""Who holds a post, who stands in, who takes over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.network import actions, queries
from baixing.network.forms import AppointForm, DeputyForm, LeaveForm
from baixing.network.models import Deputy, Post, Unit
from baixing.network.rules import appointable, ends, may_end, sees_posts
from baixing.people.sessions import signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
NOT_NOW, UNFIT = 409, 422


@PAGE
@signed_in_only
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not sees_posts(signed_in(request), unit, now()):
        raise NotAllowed(_("Only those who hold a post here or above see who holds which."))
    kinds = appointable(signed_in(request), unit, now())
    if request.method == "POST":
        return _appoint(request, unit, AppointForm(request.POST, kinds=kinds))
    return _posts_page(request, unit, AppointForm(kinds=kinds))


@once
def _appoint(request: HttpRequest, unit: Unit, form: AppointForm) -> HttpResponse:
    person = form.person() if form.is_valid() else None
    if person is None:
        return _posts_page(request, unit, form, UNFIT)
    try:
        actions.appoint_post(person, unit, Post.Kind(form.cleaned_data["kind"]), by=signed_in(request), at=now())
    except NotNow as no:
        form.add_error(None, str(no))
        return _posts_page(request, unit, form, NOT_NOW)
    messages.success(request, _("%(name)s holds the post from now on.") % {"name": person.name})
    return redirect("network:posts", unit.pk)


def _posts_page(request: HttpRequest, unit: Unit, form: AppointForm, status: int = 200) -> HttpResponse:
    one, at = signed_in(request), now()
    kinds = appointable(one, unit, at)
    rows = [(post, may_end(one, post, kinds)) for post in queries.posts_in(unit, at)]
    return render(
        request,
        "network/posts.html",
        {"unit": unit, "rows": rows, "form": form, "kinds": kinds, "at": at},
        status=status,
    )


@PAGE
@signed_in_only
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    post = _ended(request, pk)
    if request.method == "POST":
        return _leave(request, post, LeaveForm(request.POST))
    return _leave_page(request, post, LeaveForm())


@once
def _leave(request: HttpRequest, post: Post, form: LeaveForm) -> HttpResponse:
    if not form.is_valid():
        return _leave_page(request, post, form, UNFIT)
    try:
        actions.leave(post, successor=form.person(), by=signed_in(request), at=now())
    except (NotNow, Unfit) as no:
        form.add_error(None, str(no))
        return _leave_page(request, post, form, no.status)
    messages.success(request, _("The post has ended. What was open is handed over."))
    return redirect("desks:unit", post.unit_id)


def _leave_page(request: HttpRequest, post: Post, form: LeaveForm, status: int = 200) -> HttpResponse:
    own = post.person_id == signed_in(request).pk
    return render(request, "network/leave.html", {"post": post, "form": form, "own": own}, status=status)


@PAGE
@signed_in_only
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    post = _ended(request, pk)
    if request.method == "POST":
        return _stand_in(request, post, DeputyForm(request.POST))
    return render(request, "network/deputy.html", {"post": post, "form": DeputyForm()})


@once
def _stand_in(request: HttpRequest, post: Post, form: DeputyForm) -> HttpResponse:
    at, person = now(), form.person() if form.is_valid() else None
    if person is None:
        return render(request, "network/deputy.html", {"post": post, "form": form}, status=UNFIT)
    since, until = form.span(at)
    try:
        actions.stand_in(post, person, since, until, by=signed_in(request), at=at)
    except (NotNow, Unfit) as no:
        form.add_error({"until": "last", "person": "name"}.get(getattr(no, "field", "")), str(no))
        return render(request, "network/deputy.html", {"post": post, "form": form}, status=no.status)
    messages.success(request, _("%(name)s stands in at that time.") % {"name": person.name})
    return redirect("network:posts", post.unit_id)


@require_POST
@signed_in_only
@once
def stand_down(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Deputy.objects.select_related("post__unit"), pk=pk)
    if not sees_posts(signed_in(request), found.post.unit, now()):
        raise Http404
    actions.stand_down(found, by=signed_in(request), at=now())
    messages.success(request, _("They no longer stand in."))
    return redirect("network:posts", found.post.unit_id)


def _ended(request: HttpRequest, pk: int) -> Post:
    """A running post that this person may end; others are not there for them."""
    post = get_object_or_404(Post.objects.held(now()).select_related("unit", "person"), pk=pk)
    if not sees_posts(signed_in(request), post.unit, now()):
        raise Http404
    if not ends(signed_in(request), post, now()):
        raise NotAllowed(_("Only its holder and those who may fill a post change who holds it."))
    return post
