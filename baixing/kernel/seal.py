"""Text that is unreadable in the database, and the blind indexes by which it is found again."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull, Lookup

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Exact = Exact[str]
else:
    _Text, _Exact = models.TextField, Exact

NEW, OLD, LOST = "new", "old", "lost"


def seal(text: str) -> str:
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    return _box(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def reseal(token: str) -> str:
    """The same text under the first of the keys, so that an old key can be retired."""
    return _box(tuple(settings.FIELD_KEYS)).rotate(token.encode()).decode()


def age(token: str) -> str:
    """Whether a text is sealed under the first of the keys, an older one, or none of them."""
    keys = tuple(settings.FIELD_KEYS)
    for name, some in ((NEW, keys[:1]), (OLD, keys)):
        try:
            _box(some).decrypt(token.encode())
        except InvalidToken:
            continue
        return name
    return LOST


def blind(text: str) -> str:
    """A keyed digest: equal texts are equal, and nothing else can be learnt from it."""
    return hmac.new(settings.INDEX_KEY, text.encode(), hashlib.sha256).hexdigest()


def tail(phone: str) -> str:
    """The blind index of a phone's last four digits."""
    return blind(f"tail:{''.join(filter(str.isdigit, phone))[-4:]}")


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class SealedField(_Text):
    """Text encrypted at rest. Only "is it empty" can be asked of it; look up by a blind index."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return unseal(value) if value else value

    def get_prep_value(self, value: object) -> str | None:
        text = super().get_prep_value(value)
        return seal(text) if text else text

    def get_lookup(self, lookup_name: str) -> type[Lookup[str]] | None:
        if lookup_name not in {"exact", "isnull"}:
            message = f"{self.name} is sealed: look it up by its blind index"
            raise FieldError(message)
        return super().get_lookup(lookup_name)


@SealedField.register_lookup
class IsEmpty(_Exact):
    """Equal to a text: answered for the empty text only, for no other is sealed twice alike."""

    lookup_name = "exact"

    def get_prep_lookup(self) -> str:
        if self.rhs != "":
            message = "a sealed column is compared with the empty text only"
            raise FieldError(message)
        return ""


SealedField.register_lookup(IsNull)
