"""`baixing backup` and `baixing restore`: what they refuse, and who can read the file."""

from __future__ import annotations

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from tests.town import Town

pytestmark = pytest.mark.skipif("postgresql" in str(connection.settings_dict["ENGINE"]), reason="files of SQLite")


@pytest.fixture
def file(town: Town, tmp_path: Path) -> Path:
    town.place()
    call_command("backup", tmp_path / "copy", stdout=StringIO())
    return tmp_path / "copy"


def refused(command: str, *words: object) -> str:
    with pytest.raises(CommandError) as error:
        call_command(command, *words, stdout=StringIO())
    return str(error.value)


def test_a_backup_is_for_its_owner_alone_and_says_what_it_is(file: Path) -> None:
    manifest = json.loads(file.with_name("copy.json").read_text())

    assert [stat.S_IMODE(each.stat().st_mode) for each in (file, file.with_name("copy.json"))] == [0o600, 0o600]
    assert (manifest["engine"], manifest["bytes"]) == ("sqlite", file.stat().st_size)
    assert "orders.0001_initial" in manifest["migrations"]


def test_a_backup_stays_unless_told_over(file: Path) -> None:
    before = file.read_bytes()

    assert "is there already" in refused("backup", file)
    assert file.read_bytes() == before
    call_command("backup", file, over=True, stdout=StringIO())


def test_a_restore_replaces_no_rows_unless_told(file: Path) -> None:
    assert "There are rows in this database" in refused("restore", file)


def test_a_changed_backup_is_refused(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    assert "its digest differs" in refused("restore", file, "--over")


def test_a_backup_without_its_manifest_is_refused(file: Path) -> None:
    file.with_name("copy.json").unlink()

    assert "it belongs to the backup" in refused("restore", file, "--over")


def test_a_backup_of_another_engine_is_refused(file: Path) -> None:
    manifest = file.with_name("copy.json")
    manifest.write_text(manifest.read_text().replace('"sqlite"', '"postgresql"'))

    assert "This is a backup of postgresql" in refused("restore", file, "--over")


def test_a_backup_with_other_keys_is_refused(file: Path, settings: Settings) -> None:
    settings.FIELD_KEYS = ["b3RoZXIga2V5cyB0aGFuIHRob3NlIG9mIHRoZSBjb3A="]

    assert "made with other keys" in refused("restore", file, "--over")
