"""What somebody gives who brings in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.exchange.rules import LARGEST_FILE

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Sent = UploadedFile[bytes]


class UploadForm(forms.Form):
    """The file. What is in it is looked at by `queries.sheets_in`."""

    file = forms.FileField(
        label=_("The list"),
        allow_empty_file=True,
        max_length=200,
        help_text=_("Excel (.xlsx) or CSV, at most 8 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
        error_messages={
            "required": _("Choose the file with the list."),
            "missing": _("Choose the file with the list."),
            "invalid": _("No file came with this form. Choose it again."),
        },
    )

    def clean_file(self) -> Sent:
        file: Sent = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            words = _("This file is larger than 8 MB. Take out pictures, or split the list into several files.")
            raise ValidationError(words, code="large")
        return file
