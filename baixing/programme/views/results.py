"""What came of an activity: words and photos."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions, queries
from baixing.programme.forms.activities import PhotoForm, ResultsForm
from baixing.programme.models import Activity, Photo
from baixing.programme.views.activities import OVERTAKEN, UNFIT, allowed, found_activity, standing

PAGE = require_http_methods(["GET", "HEAD", "POST"])
A_DAY = 86_400  # seconds


@PAGE
@signed_in_only
def tell_results(request: HttpRequest, pk: int) -> HttpResponse:
    found = allowed(request, pk, "tell_results")
    if request.method == "POST":
        return _tell(request, found)
    return _page(request, found, ResultsForm(initial={"results": found.results}))


@once
def _tell(request: HttpRequest, found: Activity) -> HttpResponse:
    form, version = ResultsForm(request.POST, initial={"results": found.results}), seen_version(request)
    if not form.is_valid():
        found.version = version or 0
        return _page(request, found, form, status=UNFIT)
    try:
        actions.tell_results(found.as_seen(version), form.cleaned_data["results"], by=signed_in(request), at=now())
    except Overtaken:
        fresh = found_activity(request, found.pk)
        form = ResultsForm(request.POST, initial={"results": fresh.results}).beside()
        return _page(request, fresh, form, status=OVERTAKEN)
    messages.success(request, _("Thank you. Everybody reads now what came of it."))
    return redirect("programme:activity", found.pk)


@require_POST
@signed_in_only
@once
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = allowed(request, pk, "tell_results"), PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, _results_form(found), form, UNFIT)
    said = form.cleaned_data
    try:
        actions.add_photo(found, said["photo"], said["words"], agreed=said["agreed"], by=signed_in(request), at=now())
    except (Unfit, NotNow) as no:
        form.add_error(no.field or None, str(no))
        return _page(request, found, _results_form(found), form, UNFIT)
    messages.success(request, _("The photo is on the page."))
    return redirect("programme:tell_results", pk)


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever may read of its activity."""
    found = get_object_or_404(Photo, pk=pk, activity__in=queries.visible(standing(request)))
    answer = HttpResponse(bytes(found.image), content_type="image/jpeg")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.pk}.jpg"'  # a page shows it all the same
    answer.headers["Cache-Control"] = f"private, max-age={A_DAY}, immutable"
    return answer


@require_POST
@signed_in_only
@once
def remove_photo(request: HttpRequest, pk: int) -> HttpResponse:
    activity = allowed(request, pk, "tell_results")
    asked = request.POST.get("photo", "")
    found = next((photo for photo in activity.photos.defer("image") if photo.digest == asked), None)
    if found is None:
        raise NotNow(_("This photo is gone already."))
    found.activity = activity
    actions.remove_photo(found, by=signed_in(request), at=now())
    messages.success(request, _("The photo is gone."))
    return redirect("programme:tell_results", activity.pk)


def _results_form(found: Activity) -> ResultsForm:
    return ResultsForm(initial={"results": found.results})


def _page(
    request: HttpRequest, found: Activity, form: ResultsForm, photo_form: PhotoForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "thing": found,
        "form": form,
        "photo_form": photo_form or PhotoForm(),
        "photos": list(found.photos.defer("image")),
        "heads": queries.heads_of(found),
    }
    return render(request, "programme/results.html", context, status=status)
