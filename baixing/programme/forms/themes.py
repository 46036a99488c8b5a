from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.look.both import EditForm
from baixing.programme.models import Brand, Theme


class ThemeForm(EditForm):
    """What a month is about."""

    title = PlainText(max_length=24, label=_("Theme"))
    title_en = PlainText(max_length=80, required=False, label=_("Theme in English"))
    words = PlainText(max_length=200, multiline=True, required=False, label=_("What we do this month"))
    words_en = PlainText(max_length=300, multiline=True, required=False, label=_("The same in English"))


class BrandForm(EditForm):
    """A name under which volunteers are known."""

    name = PlainText(max_length=24, label=_("Name of the brand"))
    name_en = PlainText(max_length=80, required=False, label=_("Name in English"))
    words = PlainText(max_length=200, multiline=True, required=False, label=_("What it stands for"))
    words_en = PlainText(max_length=300, multiline=True, required=False, label=_("The same in English"))


class NewBrandForm(BrandForm):
    slug = forms.SlugField(
        max_length=30,
        label=_("Short name for its address"),
        help_text=_("Latin letters, digits and hyphens. For example: copper-lamp"),
    )
    field_order = ("name", "slug")


def as_typed(row: Theme | Brand, form: type[ThemeForm | BrandForm]) -> dict[str, str]:
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
