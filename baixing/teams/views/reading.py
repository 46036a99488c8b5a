"""Teams as everybody reads of them, and a volunteer's own page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.people.models import Person
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams import queries
from baixing.teams.forms import AskForm, DutyForm, MostForm, WhyForm
from baixing.teams.models import Skill, Team
from baixing.teams.rules import Standing

PER_PAGE = 30


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """All open teams, narrowed by place, skill and words."""
    asked, one = AskForm(request.GET).asked(), standing(request)
    page = Paginator(queries.listed(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "where": queries.where(asked.unit),
        "skills": [(skill.slug, queries.said_name(skill, language())) for skill in Skill.objects.all()],
        "page": page,
        "rows": queries.rows(page.object_list, language()),
        "home": queries.founding_home(one, asked.unit) if one else None,
    }
    return render(request, "teams/team_list.html", context)


@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, found(request, pk))


@require_safe
@signed_in_only
def mine(request: HttpRequest) -> HttpResponse:
    return mine_page(request)


def mine_page(
    request: HttpRequest, duty_form: DutyForm | None = None, most_form: MostForm | None = None, status: int = 200
) -> HttpResponse:
    """Where I serve, whom I lead, my number, and whether I take visits now."""
    own = queries.mine(Standing(signed_in(request), now()), language())
    context = {
        "mine": own,
        "duty_form": duty_form or DutyForm(initial={"until": own.duty.off_until}),
        "most_form": most_form or MostForm(initial={"week_most": own.duty.week_most}),
    }
    return render(request, "teams/mine.html", context, status=status)


def most_form(request: HttpRequest, sent: QueryDict) -> MostForm:
    """What was typed, over what is kept now."""
    return MostForm(sent, initial={"week_most": queries.duty_of(signed_in(request)).week_most})


def page_of(
    request: HttpRequest,
    team: Team,
    why: WhyForm | None = None,
    duty_form: DutyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """A team's own page; `why` is what was typed when it was to be closed, `duty_form` when it was to rest."""
    today = now().astimezone(LOCAL).date()
    page = queries.team_page(team, standing(request), today, language())
    duty_form = duty_form or DutyForm(initial={"until": team.off_until})
    context = {"page": page, "why": why or WhyForm(), "duty_form": duty_form}
    return render(request, "teams/team.html", context, status=status)


def found(request: HttpRequest, pk: int) -> Team:
    return get_object_or_404(queries.visible(standing(request)).select_related("home", "leader"), pk=pk)


def standing(request: HttpRequest) -> Standing | None:
    return Standing(request.user, now()) if isinstance(request.user, Person) else None


def language() -> str:
    return get_language() or ""
