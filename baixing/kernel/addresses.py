"""Finding the view of an address. Django asks every pattern in turn; here only those that begin with the same word."""

from __future__ import annotations

from functools import cached_property

from django.urls import URLPattern, URLResolver, include
from django.urls.resolvers import ResolverMatch, RoutePattern


def addresses_of(module: str) -> URLResolver:
    """As `path("", include(module))`."""
    urls, app_name, namespace = include(module)
    return _ByWord(RoutePattern(""), urls, app_name=app_name, namespace=namespace)


class _ByWord(URLResolver):
    def resolve(self, path: str) -> ResolverMatch:
        word = str(path).partition("/")[0]
        return self._shelves.get(word, self._of_any_word).resolve(path)

    @cached_property
    def _shelves(self) -> dict[str, URLResolver]:
        words = {word for pattern in self.url_patterns if (word := _first_word(pattern)) is not None}
        return {word: self._shelf(word) for word in words}

    @cached_property
    def _of_any_word(self) -> URLResolver:
        return self._shelf(None)

    def _shelf(self, word: str | None) -> URLResolver:
        """The patterns, in their order, that an address with this first word may fit."""
        fit = [pattern for pattern in self.url_patterns if _first_word(pattern) in {word, None}]
        return URLResolver(self.pattern, fit, self.default_kwargs, self.app_name, self.namespace)


def _first_word(pattern: URLPattern | URLResolver) -> str | None:
    """None when it is not one word, whole and fixed."""
    word, slash, _rest = str(pattern.pattern).partition("/")
    return None if "<" in word or not slash else word
