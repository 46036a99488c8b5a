"""The tags and filters that every template may load."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import uuid4

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext, pgettext

from baixing.look import said
from baixing.look.both import EditForm
from baixing.look.tones import tone_of

register = template.Library()

register.filter("masked_name", said.masked_name)
register.filter("masked_phone", said.masked_phone)
register.filter("plain_phone", said.plain_phone)
register.filter("said_month", said.said_month)
register.filter("said_time", said.said_time)

MANY, SHORT = 6, 16  # choices, letters
WHOLE = re.compile(r"(\d+月\d+日|下周[一二三四五六日]|[今明后昨]天|\d{6}-\d{4}|\d{1,2} [A-Z][a-z]+|\d\d:\d\d [开上]门)")
GAP = re.compile(r"(?<=：)\s+")  # it is as wide as a letter already
DOT = re.compile(r"\s+·\s+")
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SplitDateTimeWidget)


class Versioned(Protocol):
    """A thing whose row counts its changes."""

    version: int


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A picture from the sprite, for the eye only: words must stand beside it."""
    address = f"{static('look/icons.svg')}#{name}"
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"></use></svg>', css, address)


@register.filter
def when(at: date | Literal[""] | None, style: str = "") -> str:
    """`{{ at|when }}` today 15:00 · `|when:"day"` today · `|when:"half"` tomorrow morning · `|when:"date"` 5 March."""
    if not at:
        return ""
    return _time(at, _said(at, style))


@register.filter
def unbroken(words: str) -> SafeString:
    """No line ends within a day or the number of an order."""
    parts = enumerate(WHOLE.split(words))
    return format_html_join(
        "", "{}", ((format_html('<span class="num">{}</span>', part) if at % 2 else part,) for at, part in parts)
    )


@register.simple_tag
def date_range(start: datetime, end: datetime) -> SafeString:
    return _time(start, said.said_range(start, end, now()), "wraps")


@register.simple_tag
def sentences(*some: str) -> SafeString:
    """One after another: `{% translate "…" as one %}{% sentences one other %}`."""
    return format_html_join(said.between_sentences(), "{}", ((one,) for one in some if one))


@register.filter
def tone(state: str) -> str:
    """The colour's name for a state: `class="tone-{{ order.state|tone }}"`."""
    return tone_of(state).name


@register.filter
def tone_icon(state: str) -> str:
    return tone_of(state).icon


@register.inclusion_tag("look/parts/_status.html")
def status(state: str, label: str) -> dict[str, str]:
    """`{% status order.state order.get_state_display %}`."""
    found = tone_of(state)
    return {"tone": found.name, "icon_name": found.icon, "label": label}


@register.filter
def faults(bound: BoundField) -> list[str]:
    """What is wrong with a field, said as what to do about it."""
    return [_to_do(bound, fault) for fault in bound.errors.as_data()]


@register.filter
def of_field(fault: str, bound: BoundField) -> str:
    """With the name of its field in front; a question needs no colon after it."""
    label = str(bound.label)
    parted = pgettext("question? fault", "%s %s") if label.endswith(("?", "？")) else pgettext("field: fault", "%s: %s")
    return parted % (label, fault)


@register.simple_tag
def field(bound: BoundField, hint: str = "", label: str = "", css: str = "") -> SafeString:
    """A field with its label, hint and fault, each tied to the control."""
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}_hint"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    widget = bound.field.widget
    attrs: dict[str, str | bool] = {"class": f"{_css(widget)} {css}".strip()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    shown = render_to_string(
        "look/parts/_field.html",
        {
            "bound": bound,
            "hint": hint,
            "label": label or bound.label,
            "attrs": attrs,
            "control": bound.as_widget(attrs=attrs),
            "group": isinstance(widget, GROUPS),
            "css": css or _columns(widget),
            "check": isinstance(widget, forms.CheckboxInput),
            "plain": bound.is_hidden,
        },
    )
    return SafeString(shown + _beside(bound))


def _to_do(bound: BoundField, fault: ValidationError) -> str:
    if fault.code != "required" or fault.message != forms.Field.default_error_messages["required"]:
        return str(next(iter(fault)))
    chosen = isinstance(bound.field.widget, (forms.Select, *GROUPS))
    return gettext("Please choose one.") if chosen else gettext("Please fill this in.")


def _beside(bound: BoundField) -> str:
    """After a race: what somebody else has written in this field, and the choice."""
    form = bound.form
    if not isinstance(form, EditForm) or not form.theirs or bound.name not in form.theirs:
        return ""
    said = {"name": bound.name, "label": bound.label, "theirs": form.theirs[bound.name]}
    return render_to_string("look/parts/_beside.html", {**said, "takes": form.takes_theirs(bound.name)})


@register.simple_tag
def new_key() -> str:
    """For a button that leads its form elsewhere: it is a deed of its own."""
    return str(uuid4())


@register.simple_tag(takes_context=True)
def once_key(context: Context, form: forms.BaseForm | None = None) -> SafeString:
    """The key of one deed. A form shown again with faults keeps the key it came with."""
    form = form or context.get("form")
    sent = form.data.get("key", "") if form is not None and form.is_bound and form.errors else ""
    return format_html('<input type="hidden" name="key" value="{}">', sent or uuid4())


@register.simple_tag
def version(thing: Versioned) -> SafeString:
    """The version of the thing that this page shows; an action refuses when it has moved on."""
    return format_html('<input type="hidden" name="version" value="{}">', thing.version)


@register.simple_block_tag
def filled(content: str, element: str, css: str) -> str:
    """An element round what it holds, and nothing at all round nothing."""
    return format_html('<{0} class="{1}">{2}</{0}>', element, css, content) if content.strip() else ""


@register.simple_block_tag
def typeset(content: str) -> SafeString:
    """In Chinese no space after a colon; in no language a line that begins with a dot."""
    return SafeString(DOT.sub("\u00a0· ", GAP.sub("", content)))


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: str | int | None) -> str:
    """This page's GET parameters with some changed: `{% query page=2 kind=None %}`."""
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        _change(asked, name, value)
    return f"?{asked.urlencode()}"


def _change(asked: QueryDict, name: str, value: str | int | None) -> None:
    if value in (None, ""):
        asked.pop(name, None)
    else:
        asked[name] = str(value)


def _columns(widget: forms.Widget) -> str:
    """Many short choices stand beside each other."""
    labels = [str(label) for _value, label in getattr(widget, "choices", ())] if isinstance(widget, GROUPS) else []
    many, short = len(labels) >= MANY, max(map(len, labels), default=0) <= SHORT
    return "choices-wide" if many and short else ""


def _css(widget: forms.Widget) -> str:
    return "" if isinstance(widget, (forms.CheckboxInput, *GROUPS)) else "form-control"


def _said(at: date, style: str) -> str:
    if not isinstance(at, datetime):
        return said.said_date(at, localdate()) if style == "date" else said.said_day(at, localdate())
    ways: Mapping[str, Callable[[], str]] = {
        "day": lambda: said.said_day(localtime(at).date(), localdate()),
        "date": lambda: said.said_date(localtime(at).date(), localdate()),
        "half": lambda: said.said_half(at, now()),
        "": lambda: said.said_moment(at, now()),
    }
    return ways[style]()


def _time(at: date, words: str, css: str = "") -> SafeString:
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>', css, at.isoformat(), said.exact(at), words
    )
