"""Parts of forms that take what people really type, and nothing that could do harm."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

DIRECTION_MARKS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
CONTROL = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")  # all of Cc and Cs but the line's end
LONGEST_KEY: Final = 18  # letters; a key of more does not fit into a database's numbers
SHORT_AREAS = ("10", "2")  # 010 and 02x: three digits with the zero; all others have four

if TYPE_CHECKING:
    ManyOf = forms.ModelMultipleChoiceField[Model]
else:
    ManyOf = forms.ModelMultipleChoiceField


class PlainText(forms.CharField):
    """Words as typed. Emoji stay; marks that turn the direction of text go; control characters never pass."""

    default_error_messages = {
        "control": _("There are characters here that cannot be kept. Please type these words again."),
    }

    def __init__(self, *, max_length: int, multiline: bool = False, **kwargs: object) -> None:
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(max_length=max_length, **kwargs)  # type: ignore[arg-type]  # passed on as given

    def to_python(self, value: object) -> str:
        if value in self.empty_values:
            return ""
        text = LINE_ENDS.sub("\n" if self.multiline else " ", str(value))
        text = text.translate(DIRECTION_MARKS).replace("\t", " ")
        text = unicodedata.normalize("NFC", text).strip()
        if CONTROL.search(text):
            raise ValidationError(self.error_messages["control"], code="control")
        return text


class Several(ManyOf):
    """Some of the rows there are. A number that no row can have is none of them, and is asked of no database."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django has it
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key[:LONGEST_KEY]}
                )
        return super().clean(value)


class Phone(forms.CharField):
    """A telephone number however it is written; "+8613800000001", or "0943-8220000" for a landline."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    default_error_messages = {
        "phone": _("This is not a mobile number. A mobile number has 11 digits and begins with 1."),
        "landline": _("This is not a telephone number. Write it like 0943-8220000 or a mobile number."),
    }

    def __init__(self, *, landline: bool = False, **kwargs: object) -> None:
        self.landline = landline
        super().__init__(**{"max_length": 40, **kwargs})  # type: ignore[arg-type]  # passed on as given

    def to_python(self, value: object) -> str:
        text = unicodedata.normalize("NFKC", str(value or "")).translate(DIRECTION_MARKS)
        digits = re.sub(r"[\s\-‐-―()./·]", "", text)
        digits = re.sub(r"^(\+|00)86|^86(?=1\d{10}$)", "", digits)
        if not digits:
            return ""
        if re.fullmatch(r"1[1-9][0-9]{9}", digits):
            return f"+86{digits}"
        if self.landline and (found := re.fullmatch(r"0?([1-9][0-9]{8,10})", digits)):
            return _landline(found[1])
        kind = "landline" if self.landline else "phone"
        raise ValidationError(self.error_messages[kind], code=kind)


def _landline(digits: str) -> str:
    area = 2 if digits.startswith(SHORT_AREAS) else 3
    return f"0{digits[:area]}-{digits[area:]}"
