"""What the tags put on a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baixing.look.templatetags import look


class Name(forms.Form):
    name = forms.CharField(label="Name", help_text="As your neighbours say it")
    day = forms.ChoiceField(label="Day", choices=[("am", "Morning")], widget=forms.RadioSelect, required=False)


@dataclass
class Thing:
    version: int


def rendered(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context)).strip()


def test_an_icon_is_for_the_eye_only() -> None:
    expected = '<svg class="icon " aria-hidden="true"><use href="/static/look/icons.svg#tap"></use></svg>'

    assert rendered('{% icon "tap" %}') == expected


@pytest.mark.parametrize(
    ("language", "one", "other", "said"),
    [
        ("en", "He came.", "<b> went.", "He came. &lt;b&gt; went."),
        ("zh-hans", "他来了。", "<b>走了。", "他来了。&lt;b&gt;走了。"),
    ],
)
def test_one_sentence_follows_another_as_its_language_writes_it(language: str, one: str, other: str, said: str) -> None:
    with translation.override(language):
        assert rendered("{% sentences one none other %}", one=one, none="", other=other) == said


def test_a_state_shows_word_and_picture_and_colour() -> None:
    shown = rendered('{% status "rejected" "不予受理" %}')

    assert ("tone-red" in shown, "#refused" in shown, "不予受理" in shown) == (True, True, True)


def test_an_unknown_state_is_plain() -> None:
    assert rendered('{{ "never heard"|tone }} {{ "never heard"|tone_icon }}') == "slate info"


def test_a_field_with_a_fault_names_it_and_its_hint() -> None:
    shown = rendered("{% field form.name %}", form=Name({}))

    assert 'aria-describedby="id_name_hint id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_name_error"' in shown


def test_what_was_left_out_is_asked_for() -> None:
    class Both(Name):
        half = forms.ChoiceField(label="Which half?", choices=[("am", "Morning")])

    with translation.override("en"):
        shown = rendered('{% include "look/parts/_form_errors.html" %}', form=Both({}))

    assert "Name: Please fill this in." in shown
    assert "Which half? Please choose one." in shown


def test_a_field_that_may_stay_empty_says_so() -> None:
    with translation.override("en"):
        shown = rendered("{% field form.day %}", form=Name())

    assert "(if you like)" in shown


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    shown = rendered("{% field form.day %}", form=Name())

    assert (shown.count("<fieldset"), shown.count("<legend"), shown.count('type="radio"')) == (1, 1, 1)


@given(st.text(max_size=60))
def test_no_text_breaks_out_of_a_field(text: str) -> None:
    shown = rendered("{% field form.name %}", form=Name({"name": f"<script>{text}"}))

    assert "<script" not in shown


def test_a_new_form_has_a_new_key() -> None:
    assert rendered("{% once_key %}") != rendered("{% once_key %}")


def test_a_form_with_faults_keeps_its_key() -> None:
    shown = rendered("{% once_key %}", form=Name({"key": "the-key-it-came-with"}))

    assert shown == '<input type="hidden" name="key" value="the-key-it-came-with">'


def test_another_form_on_the_page_does_not_take_that_key() -> None:
    shown = rendered("{% once_key form %}", form=None, request=RequestFactory().post("/", {"key": "the-key"}))

    assert "the-key" not in shown


def test_a_form_carries_the_version_that_was_seen() -> None:
    assert rendered("{% version thing %}", thing=Thing(7)) == '<input type="hidden" name="version" value="7">'


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("{% query page=2 %}", "?q=tap&amp;page=2"),
        ("{% query q=None %}", "?page=1"),
        ('{% query q="" page=3 %}', "?page=3"),
    ],
)
def test_one_thing_asked_is_changed_and_the_rest_is_kept(tag: str, address: str) -> None:
    assert rendered(tag, request=RequestFactory().get("/?q=tap&page=1")) == address


def test_a_time_is_said_loosely_and_kept_exactly() -> None:
    shown = look.when(datetime(2020, 3, 5, 7, 0, tzinfo=UTC), "date")

    assert 'datetime="2020-03-05T07:00:00+00:00"' in shown
    assert "15:00" in shown


def test_no_time_is_no_words() -> None:
    assert (look.when(None), look.when("")) == ("", "")


def test_an_empty_place_leaves_no_element() -> None:
    source = '{% filled "aside" "beside" %}{{ words }} {% endfilled %}'

    assert (rendered(source), rendered(source, words="<b>")) == ("", '<aside class="beside">&lt;b&gt; </aside>')


def test_no_line_ends_within_a_day_or_a_number() -> None:
    said = rendered("{{ words|unbroken }}", words="<订单 261128-0071 下周二办好>")

    assert said == '&lt;订单 <span class="num">261128-0071</span> <span class="num">下周二</span>办好&gt;'


def test_no_line_begins_with_a_dot_and_no_space_follows_a_full_width_colon() -> None:
    source = "{% typeset %}{{ team }}\n · 明天 ·\n <b>语言：</b>{{ words }}{% endtypeset %}"

    assert (
        rendered(source, team="<队>", words="说： 陇中方言")
        == "&lt;队&gt;\u00a0· 明天\u00a0· <b>语言：</b>说：陇中方言"
    )
