"""A server that cannot serve says why in one line, and does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from baixing.kernel.start import MANIFEST

KEYS = {
    "BAIXING_DEMO": "1",
    "SECRET_KEY": "s" * 60,
    "FIELD_KEYS": settings.FIELD_KEYS[0],
    "INDEX_KEY": "only for tests",
}


def started(data: Path, **environment: str) -> tuple[int, str]:
    """How the web server's process ended, and what it said."""
    unset = {"DATA", "DATABASE_URL", "STATIC_STORAGE", "DJANGO_SETTINGS_MODULE"}
    plain = {name: value for name, value in os.environ.items() if name not in unset}
    run = [sys.executable, "-W", "ignore", "-c", "import baixing.wsgi"]
    done = subprocess.run(
        run, env={**plain, **KEYS, "DATA": str(data), **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The folder of an installation that could serve."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / MANIFEST).write_text("{}")
    return tmp_path


def test_a_whole_installation_starts_and_one_without_static_files_does_not(whole: Path) -> None:
    assert started(whole) == (0, "")

    (whole / "static" / MANIFEST).unlink()

    assert started(whole) == (1, one_line(f"there are no static files in {whole}/static. Run baixing collectstatic"))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set."),
        ("FIELD_KEYS", "short", "FIELD_KEYS holds something that is no Fernet key"),
        ("MAIL_PORT", "smtp", "MAIL_PORT is not a number."),
        ("DATABASE_URL", "somewhere", "DATABASE_URL is not one."),
    ],
)
def test_a_wrong_variable_is_named(whole: Path, name: str, value: str, words: str) -> None:
    assert started(whole, **{name: value}) == (1, one_line(words))


def test_a_folder_that_cannot_be_written_is_named() -> None:
    assert started(Path("/proc")) == (1, one_line("nothing can be written in /proc"))


def test_a_damaged_database_is_not_served(whole: Path) -> None:
    file = whole / "baixing.sqlite3"
    assert started(whole) == (0, "")
    file.write_bytes(b"SQLite format 3\0" + b"\1" * 8176)

    assert started(whole) == (1, one_line(f"the database {file} is damaged"))


class one_line(str):  # noqa: N801, SLOT000 - reads as a sentence in an assertion
    """Equal to one line that begins so."""

    def __eq__(self, said: object) -> bool:
        return str(said).startswith(f"baixing cannot start: {self}") and str(said).count("\n") == 1

    __hash__ = str.__hash__
