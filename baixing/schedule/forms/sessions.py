"""What is filled in about a session: by whoever plans it, and by whoever comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Phone, PlainText
from baixing.look.both import EditForm
from baixing.network.models import Platform, Unit
from baixing.people.models import Person
from baixing.people.rules.speech import SPEECH
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import HOURS, MOST_HEADS, MOST_SEATS, Role, Session
from baixing.schedule.queries.pages import Kind
from baixing.schedule.rules.access import ACCESS
from baixing.teams.models import LicenceKind, Skill, Team

KINDS: Final = ("activity", "lesson", "broadcast", "group_visit")
ROLES: Final = 3  # kinds of volunteers that the form has room for
DAY: Final = timedelta(days=1)
PLAIN: Final = (
    "title", "words", "place", "meeting_point", "link", "speech", "risk", "insurance", "agreement", "approval",
    "public",
)  # fmt: skip


def _day(**more: Any) -> forms.DateField:  # noqa: ANN401 - as a field takes it
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _hour(**more: Any) -> forms.TimeField:  # noqa: ANN401 - as a field takes it
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def _number(most: int, **more: Any) -> forms.IntegerField:  # noqa: ANN401 - as a field takes it
    return forms.IntegerField(min_value=more.pop("least", 0), max_value=most, required=False, **more)


class SessionForm(EditForm):
    """A session: what, when and where first; who may come; what volunteers are needed; the rest."""

    kind = forms.ChoiceField(label=_("What it is"))
    title = PlainText(
        max_length=80, label=_("Title"), help_text=_("What people will call it. For example: Free haircuts")
    )
    words = PlainText(max_length=1000, multiline=True, required=False, label=_("What happens there"))
    platform = forms.ModelChoiceField(Platform.objects.all(), required=False, label=_("Platform"))
    day = _day(label=_("Day"))
    begins = _hour(label=_("Begins at"))
    ends = _hour(label=_("Ends at"))
    last = _day(label=_("Ends on another day"), required=False)
    place = PlainText(max_length=80, required=False, label=_("Place"), help_text=_("Which room or square"))
    meeting_point = PlainText(max_length=80, required=False, label=_("Where volunteers meet"))
    public = forms.BooleanField(required=False, initial=True, label=_("Everybody may read of it and sign up"))
    seats = _number(
        MOST_SEATS, least=1, label=_("Seats for residents"), help_text=_("Empty: they come without signing up.")
    )
    age_from = _number(120, label=_("From age"))
    age_to = _number(120, label=_("Up to age"))
    approval = forms.BooleanField(required=False, label=_("Each sign-up waits for our yes"))
    signup_until = forms.DateTimeField(
        required=False,
        label=_("Sign up until"),
        help_text=_("Empty: until it ends."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    speech = PlainText(max_length=20, required=False, label=_("Language or dialect"))
    access = forms.MultipleChoiceField(
        required=False, label=_("For everybody's ears and legs"), widget=forms.CheckboxSelectMultiple
    )
    link = forms.URLField(
        max_length=300, required=False, label=_("Link for those who follow online"), assume_scheme="https"
    )
    risk = PlainText(max_length=300, multiline=True, required=False, label=_("What may happen, and how to take care"))
    insurance = PlainText(max_length=80, required=False, label=_("Insurance of the volunteers"))
    agreement = PlainText(max_length=1000, multiline=True, required=False, label=_("What whoever comes agrees to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        super().__init__(*args, **kwargs)
        labels = dict(Session.Kind.choices)
        self.fields["kind"].choices = [(kind, labels[kind]) for kind in KINDS]  # type: ignore[attr-defined]  # a choice
        self.fields["access"].choices = list(ACCESS.items())  # type: ignore[attr-defined]  # several choices
        self.fields["speech"].help_text = _("For example: %(examples)s") % {"examples": "、".join(SPEECH[:3])}
        for number in range(1, ROLES + 1):
            self.fields |= dict(_role_fields(number))
        for name in ("words", "risk", "agreement"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(1, ROLES + 1):
            if said.get(f"role_{number}") and not said.get(f"seats_{number}"):
                self.add_error(f"seats_{number}", _("How many of them?"))
        return said

    @property
    def roles(self) -> list[dict[str, BoundField]]:
        """The fields of each kind of volunteers, as the page lays them out."""
        parts = ("role", "seats", "least", "skill", "licence")
        named = dict(zip(parts, ("name", *parts[1:]), strict=True))
        return [{named[part]: self[f"{part}_{number}"] for part in parts} for number in range(1, ROLES + 1)]

    def start(self) -> datetime:
        return _local(self.cleaned_data["day"], self.cleaned_data["begins"])

    def end(self) -> datetime:
        return _local(self.cleaned_data["last"] or self.cleaned_data["day"], self.cleaned_data["ends"])

    def facts(self) -> dict[str, object]:
        """Plain columns of a session, its times apart."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in PLAIN if name != "title"},
            "platform": said["platform"],
            "access": " ".join(said["access"]),
            "signup_until": said["signup_until"],
        }

    def changes(self) -> dict[str, object]:
        return {**self.facts(), "title": self.cleaned_data["title"], "start": self.start(), "end": self.end()}

    def needs(self) -> list[Need]:
        said, found = self.cleaned_data, []
        if said["seats"]:
            ages = {"age_from": said["age_from"], "age_to": said["age_to"]}
            found.append(Need(Role.Side.RESIDENT, said["seats"], **ages))
        for number in range(1, ROLES + 1):
            if said[f"seats_{number}"]:
                told = {key: said[f"{key}_{number}"] for key in ("seats", "skill", "licence")}
                least, name = said[f"least_{number}"] or 0, said[f"role_{number}"]
                found.append(Need(Role.Side.VOLUNTEER, name=name, least=least, **told))
        return found

    def planned(self, unit: Unit, team: Team | None) -> Planned:
        said = self.cleaned_data
        times = {"start": self.start(), "end": self.end()}
        return Planned(said["kind"], said["title"], unit, team=team, needs=self.needs(), facts=self.facts(), **times)


def _role_fields(number: int) -> Iterator[tuple[str, forms.Field]]:
    yield f"role_{number}", PlainText(max_length=20, required=False, label=_("Volunteers as"))
    yield f"seats_{number}", _number(2000, label=_("How many"))
    yield f"least_{number}", _number(2000, label=_("At least"))
    yield f"skill_{number}", forms.ModelChoiceField(Skill.objects.all(), required=False, label=_("Who can"))
    yield (
        f"licence_{number}",
        forms.ModelChoiceField(LicenceKind.objects.all(), required=False, label=_("With the licence")),
    )


def as_planned(session: Session, kinds: Sequence[Kind]) -> dict[str, object]:
    """A session as the form says it."""
    start, end = session.start.astimezone(LOCAL), session.end.astimezone(LOCAL)
    said: dict[str, object] = {name: getattr(session, name) for name in (*PLAIN, "kind", "platform", "signup_until")}
    said |= {"day": start.date(), "begins": start.time(), "ends": end.time(), "access": session.access.split()}
    said["last"] = end.date() if end.date() != start.date() else None
    for kind in kinds:
        if not kind.role.for_volunteers:
            said |= {"seats": kind.role.seats, "age_from": kind.role.age_from, "age_to": kind.role.age_to}
    volunteers = [kind.role for kind in kinds if kind.role.for_volunteers]
    for number, role in enumerate(volunteers, start=1):
        said |= {f"role_{number}": role.name, f"seats_{number}": role.seats, f"least_{number}": role.least}
        said |= {f"skill_{number}": role.skill, f"licence_{number}": role.licence}
    return said


def _local(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LOCAL)


class SignupForm(forms.Form):
    """Who comes, and as what. A group comes with its name and its number of heads."""

    role = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, label=_("I would like to come as"))
    who = forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple, label=_("Who takes part"))
    party = PlainText(max_length=60, label=_("Name of the group"))
    headcount = forms.IntegerField(min_value=1, max_value=MOST_HEADS, label=_("How many people"))
    agreed = forms.BooleanField(label=_("I have read it and agree"), required=False)

    def __init__(self, session: Session, kinds: Sequence[Kind], family: Sequence[Person], *args: Any) -> None:  # noqa: ANN401 - as Django has it
        super().__init__(*args)
        self.group = session.kind == Session.Kind.GROUP_VISIT
        self._choose(
            "role", [(kind.role.pk, _words(kind)) for kind in kinds if not (self.group and kind.role.for_volunteers)]
        )
        self._choose("who", [(person.pk, person.name) for person in family])
        if family and len(family) > 1:
            self.fields["who"].initial = [family[0].pk]
        for name in ("who",) if self.group else ("party", "headcount"):
            del self.fields[name]
        if not session.agreement:
            del self.fields["agreed"]

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        """Of a single choice nothing is asked."""
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]  # a field of choices
        if len(choices) == 1:
            field.widget = field.hidden_widget()
            field.initial = [choices[0][0]] if name == "who" else choices[0][0]


def _said(kind: Kind) -> str:
    name = str(kind.role)
    if kind.role.skill:
        name = f"{name} · {kind.role.skill.name}"
    if kind.free:
        return _("%(name)s (%(free)d free)") % {"name": name, "free": kind.free}
    return _("%(name)s (full, %(waiting)d in line)") % {"name": name, "waiting": kind.waiting}


_words = lazy(_said, str)  # who sends the form does not ask how long the line is


class GuestForm(forms.Form):
    """Somebody without an account: a name, and a phone that gets a code."""

    name = PlainText(max_length=40, label=_("Your name"))
    phone = Phone(label=_("Mobile number"))
    role = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, label=_("I would like to come as"))
    agreed = forms.BooleanField(label=_("I have read it and agree"), required=False)

    def __init__(self, session: Session, kinds: Sequence[Kind], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        super().__init__(*args, **kwargs)
        open_ones = [(kind.role.pk, _said(kind)) for kind in kinds if not kind.role.for_volunteers]
        self.fields["role"].choices = open_ones  # type: ignore[attr-defined]  # a field of choices
        if len(open_ones) == 1:
            self.fields["role"].widget = forms.HiddenInput()
            self.fields["role"].initial = open_ones[0][0]
        if not session.agreement:
            del self.fields["agreed"]


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*[0-9]{6}\s*$",
        label=_("The six digits that we sent"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}),
    )


class WhyForm(forms.Form):
    words = PlainText(max_length=200, multiline=True, label=_("Why?"))


class AlertForm(forms.Form):
    """How long before the start somebody wants to hear of free places."""

    hours = forms.TypedChoiceField(
        coerce=int,
        choices=[(hours, _("%(hours)d hours before") % {"hours": hours}) for hours in HOURS],
        label=_("Tell me when places are free then"),
    )
