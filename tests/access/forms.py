"""The forms of a page, read from its HTML as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

TYPED: Final = {"text", "search", "tel", "email", "number", "date", "time", "url", "password"}


@dataclass
class Form:
    """Where it goes, what it carries by itself, what a person fills in, and what a browser sends when they do not."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)
    untouched: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_filled_in(self) -> bool:
        """Does a field that a person types into begin with something?"""
        return any(value.strip() for name, value in self.untouched if name in self.typed)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.choosing = ""
        self.writing: list[str] | None = None  # inside a textarea

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(said.get("action", "")) if said.get("method", "").lower() == "post" else None
            self.forms += [self.inside] if self.inside else []
        elif self.inside and tag in {"input", "textarea", "select", "option", "button"}:
            self._take(self.inside, tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.inside and self.writing is not None:
            self.inside.untouched.append((self.inside.typed[-1], "".join(self.writing).removeprefix("\n")))
            self.writing = None

    def handle_data(self, data: str) -> None:
        if self.writing is not None:
            self.writing.append(data)

    def _take(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "select":
            self.choosing = name
        elif tag == "option":
            form.chosen.setdefault(self.choosing, said.get("value", ""))
            form.untouched += [(self.choosing, said.get("value", ""))] if "selected" in said else []
        elif not name:
            return
        elif tag == "textarea" or (tag == "input" and kind in TYPED):
            form.typed.append(name)
            self.writing = [] if tag == "textarea" else None
            form.untouched += [(name, said.get("value", ""))] if tag == "input" else []
        elif kind == "hidden":
            form.hidden[name] = said.get("value", "")
        else:
            form.chosen.setdefault(name, said.get("value", "on"))
            form.untouched += [(name, said.get("value", "on"))] if "checked" in said else []


def forms_of(page: str) -> list[Form]:
    """All that would be posted, in the order of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
