"""What the team that was asked does with an order."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Several
from baixing.look.said import said_near_date, said_range
from baixing.orders.forms.owner import choose, offer_reasons
from baixing.orders.forms.parts import NearDate, ReasonField, VerbForm, words_field
from baixing.orders.queries import pages
from baixing.orders.queries.slots import free_slots
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.teams.models import Duty, Team

if TYPE_CHECKING:
    PersonChoices = forms.ModelMultipleChoiceField[Person]
else:
    PersonChoices = Several

HALF_HOUR, TEN_HOURS = 30, 600
MINUTE = timedelta(minutes=1)


class AcceptForm(VerbForm):
    label = button = _("Accept")


class ClaimForm(VerbForm):
    label = button = _("Claim it")
    leaves = True
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), empty_label=None)

    def prepare(self) -> None:
        choose(self, "team", pages.teams_led(self.one))


class DeclineForm(VerbForm):
    label = button = _("Decline")
    hint = _("One tap on the reason. Declining costs the team nothing.")
    part: ClassVar[str] = "orders/parts/_decline.html"
    leaves = True
    reason = ReasonField("decline")

    def prepare(self) -> None:
        offer_reasons(self)


class HandBackForm(VerbForm):
    label = _("Hand back")
    button = _("Hand the order back")
    hint = _("The station looks for another team, and the resident is told.")
    css = "btn-danger"
    leaves = True
    reason = ReasonField("hand_back")
    words = words_field(_("Anything to say?"))

    def prepare(self) -> None:
        offer_reasons(self)


class Volunteers(PersonChoices):
    """Who can go; of those off duty for a while, up to which day."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Person) -> str:
        duty: Duty | None = getattr(obj, "duty", None)
        if duty is None or duty.on_duty or duty.off_until is None:
            return str(obj)
        return gettext("%(name)s (on a break until %(day)s)") % {"name": obj, "day": said_near_date(duty.off_until)}


class AppointForm(VerbForm):
    """One of the times that suit both sides, or another one: a day and an hour that were typed win."""

    label = _("Set the visit")
    button = _("Set this time")
    part: ClassVar[str] = "orders/parts/_appoint.html"
    slot = forms.ChoiceField(label=_("When?"), required=False, widget=forms.RadioSelect)
    day = NearDate(label=_("Day"), required=False)
    start = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=HALF_HOUR // 6, max_value=TEN_HOURS)
    volunteers = Volunteers(
        Person.objects.none(),
        label=_("Who goes?"),
        help_text=_("Whoever takes a break without an end is not listed."),
    )

    def prepare(self) -> None:
        choose(self, "volunteers", pages.members(self.order))
        if self.order.people_needed > 1:
            many = _("At least %(people)d people go on this visit.") % {"people": self.order.people_needed}
            self.fields["volunteers"].help_text = many
        minutes = self.order.item.minutes if self.order.item else 2 * HALF_HOUR
        self.free = {f"{one.start:%Y%m%d%H%M}": one for one in free_slots(self.order, minutes * MINUTE, self.one.at)}
        said = [(name, said_range(one.start, one.end, self.one.at)) for name, one in self.free.items()]
        self.fields["slot"].choices = said  # type: ignore[attr-defined]  # a choice field
        typed = not self.free or any(self.data.get(name) for name in ("day", "start"))
        for name in ("slot", "day", "start"):
            self.fields[name].required = typed != (name == "slot")
        self.initial = {"slot": next(iter(self.free), ""), "minutes": minutes, "volunteers": list(self._going())}

    def clean_day(self) -> date | None:
        return NearDate().check(self.cleaned_data["day"], self.one.at)

    def values(self) -> dict[str, object]:
        said = self.cleaned_data
        typed = said["day"] and datetime.combine(said["day"], said["start"], LOCAL)
        slot = Slot(typed, typed + said["minutes"] * MINUTE) if typed else self.free[said["slot"]]
        return {"slot": slot, "volunteers": list(said["volunteers"])}

    def _going(self) -> list[int]:
        named = [person.pk for person in pages.named(self.order)]
        return named or [self.one.person.pk]


class ServeForm(VerbForm):
    label = _("It is done")
    button = _("Close the visit")
    result = words_field(_("What was done?"), required=True)
    came = PersonChoices(Person.objects.none(), label=_("Who came?"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        choose(self, "came", pages.named(self.order))
        self.initial = {"came": [person.pk for person in pages.named(self.order)]}

    def values(self) -> dict[str, object]:
        return {"result": self.cleaned_data["result"], "came": list(self.cleaned_data["came"])}


class RevealForm(VerbForm):
    label = button = _("Show the contact")
    hint = _("Each look is written down, and the resident can read it.")


class AlarmForm(VerbForm):
    label = _("Report danger")
    button = _("Tell the centre at once")
    hint = _("Unsafe home, an accident, somebody hurt: in an emergency phone 110, 119 or 120 first.")
    css = "btn-danger"
    words = words_field(_("What happened?"), required=True)
