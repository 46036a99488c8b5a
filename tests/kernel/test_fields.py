from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.forms import Textarea
from hypothesis import given
from hypothesis import strategies as st

from baixing.kernel.fields import Phone, PlainText

NASTY = {
    "  修水龙头\u3000": "修水龙头",
    "水管\r\n漏水\r急": "水管\n漏水\n急",
    "一\u2028二\u0085三": "一\n二\n三",
    "👵🏽 来了 👨\u200d👩\u200d👧": "👵🏽 来了 👨\u200d👩\u200d👧",
    "abc\u202egnp.exe": "abcgnp.exe",
    "\u2066左\u2069\u202a右\u202c": "左右",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "'; DROP TABLE orders; --": "'; DROP TABLE orders; --",
    "{{ 7*7 }} {% now %} %(x)s": "{{ 7*7 }} {% now %} %(x)s",
    "e\u0301": "é",
    "一\t二": "一 二",
    "مرحبا": "مرحبا",
    "\ufeff字": "\ufeff字",
}


@pytest.mark.parametrize(("typed", "kept"), NASTY.items())
def test_what_people_type_is_kept(typed: str, kept: str) -> None:
    assert PlainText(max_length=200, multiline=True).clean(typed) == kept


@pytest.mark.parametrize("typed", ["a\0b", "\x07", "a\x1b[31m", "\x7f", "a\x9fb", "\ud800"])
def test_control_characters_are_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PlainText(max_length=200).clean(typed)

    assert [error.code for error in refused.value.error_list] == ["control"]


def test_one_line_stays_one_line() -> None:
    assert PlainText(max_length=20).clean("水管\r\n漏水") == "水管 漏水"


@pytest.mark.parametrize("typed", ["", "   ", "\u202e", "\r\n", "\u3000"])
def test_nothing_to_be_seen_is_nothing(typed: str) -> None:
    with pytest.raises(ValidationError):
        PlainText(max_length=20).clean(typed)
    assert PlainText(max_length=20, required=False).clean(typed) == ""


def test_a_megabyte_is_too_long() -> None:
    with pytest.raises(ValidationError):
        PlainText(max_length=500, multiline=True).clean("水" * 1_000_000)


def test_many_lines_are_typed_into_an_area() -> None:
    assert isinstance(PlainText(max_length=20, multiline=True).widget, Textarea)


@given(st.text(max_size=60))
def test_what_is_kept_is_kept_again_unchanged(typed: str) -> None:
    field = PlainText(max_length=200, required=False, multiline=True)
    try:
        kept = field.clean(typed)
    except ValidationError:
        return

    assert field.clean(kept) == kept
    assert not any(letter < " " and letter != "\n" for letter in kept)


@pytest.mark.parametrize(
    "typed",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+86 13800000001",
        "0086-13800000001",
        "8613800000001",
        "１３８０００００００１",
        "(+86)138.0000.0001",
        "\u202a13800000001\u202c",
    ],
)
def test_a_mobile_number_is_known_however_it_is_written(typed: str) -> None:
    assert Phone().clean(typed) == "+8613800000001"


@pytest.mark.parametrize(
    "typed",
    [
        "1380000000",
        "138000000011",
        "23800000001",
        "10000000001",
        "hello",
        "0943-8220000",
        "1\0" * 6,
        "٠١٢٣٤٥٦٧٨٩١",
        "=1+1",
    ],
)
def test_what_is_no_mobile_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Phone().clean(typed)

    assert refused.value.messages


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0943-8220000", "0943-8220000"),
        ("0943 8220000", "0943-8220000"),
        ("(0943)8220000", "0943-8220000"),
        ("+86 943 8220000", "0943-8220000"),
        ("010-12345678", "010-12345678"),
        ("021 12345678", "021-12345678"),
        ("13800000001", "+8613800000001"),
    ],
)
def test_a_landline_is_known_where_it_is_asked_for(typed: str, kept: str) -> None:
    assert Phone(landline=True).clean(typed) == kept


def test_no_number_is_no_number() -> None:
    assert Phone(required=False).clean("") == ""
