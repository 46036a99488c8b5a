"""A credential is checked from files alone: by whom it was issued, that nobody changed it, that it still stands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from baixing.hours import actions
from baixing.hours.models import Certificate
from baixing.kernel.calendar import now
from baixing.kernel.credentials import keys
from baixing.kernel.credentials.offline import main
from tests.hours.stage import AFTER
from tests.hours.test_rules import certificate_in
from tests.town import DAY, Town

CREDENTIAL, DID, STATUS = "credential.json", "did.json", "list.json"


@pytest.fixture(autouse=True)
def _city(settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = [keys.new_secret()]
    settings.PUBLIC_URL = "https://civic.example"


def fetch(folder: Path, town: Town, certificate: Certificate) -> Path:
    """What its holder hands over, and what anybody fetches for it; then our keys are gone."""
    client = Client()
    client.force_login(town.luo)
    if certificate.state == "issued":
        handed = client.get(f"/hours/certificates/{certificate.pk}/credential.json").content
        (folder / CREDENTIAL).write_bytes(handed)
    (folder / DID).write_bytes(client.get("/.well-known/did.json").content)
    (folder / STATUS).write_bytes(client.get("/credentials/revoked/0/").content)
    return folder


def check(folder: Path, *more: str) -> int:
    named = [str(folder / word) if word.endswith(".json") else word for word in (CREDENTIAL, *more)]
    return main(named, clock=now)


def run(folder: Path, *more: str) -> tuple[int, str]:
    """The command, with no setting and no database."""
    command = [str(Path(sys.executable).parent / "baixing"), "verify-credential", *more]
    done = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_command_needs_nothing_but_the_files(town: Town, tmp_path: Path) -> None:
    certificate = certificate_in(town, "issued")
    fetch(tmp_path, town, certificate)

    whole = run(tmp_path, CREDENTIAL, "--did", DID, "--status", STATUS)
    actions.revoke(certificate, words="记错了人", by=town.he, at=AFTER + 8 * DAY)
    fetch(tmp_path, town, certificate)
    revoked = run(tmp_path, CREDENTIAL, "--did", DID, "--status", STATUS)

    assert whole[0] == 0, whole
    assert [certificate.number in whole[1], "120 minutes" in whole[1], "not revoked" in whole[1]] == [True] * 3
    assert (revoked[0], "was revoked" in revoked[1]) == (1, True)


def test_one_byte_altered_anywhere_is_refused_in_a_sentence(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(tmp_path, town, certificate_in(town, "issued"))
    text = (tmp_path / CREDENTIAL).read_bytes()
    assert check(tmp_path, "--did", DID) == 0
    capsys.readouterr()

    for place in range(3, len(text), 61):
        (tmp_path / CREDENTIAL).write_bytes(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])
        assert check(tmp_path, "--did", DID) == 1, (place, text[place - 9 : place + 9])
        assert len(capsys.readouterr().out.splitlines()) == 1


def test_without_the_issuers_document_or_list_it_says_what_is_missing(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(tmp_path, town, certificate_in(town, "issued"))

    codes = [check(tmp_path), check(tmp_path, "--did", DID), check(tmp_path, "--did", "none.json")]

    said = capsys.readouterr().out
    assert codes == [2, 0, 2]
    assert "/.well-known/did.json" in said
    assert "https://civic.example/credentials/revoked/0/" in said
    assert "cannot be read" in said


def test_a_wrong_key_and_another_issuer_are_refused(town: Town, tmp_path: Path, settings: Settings) -> None:
    fetch(tmp_path, town, certificate_in(town, "issued"))
    document = json.loads((tmp_path / DID).read_text())
    ours = document["verificationMethod"][0]["publicKeyMultibase"]
    other = keys.public_of(keys.new_secret())
    settings.CREDENTIAL_KEYS = []

    (tmp_path / DID).write_text(
        json.dumps(document).replace(f'"publicKeyMultibase": "{ours}"', f'"publicKeyMultibase": "{other}"')
    )
    wrong_key = check(tmp_path, "--did", DID)
    (tmp_path / DID).write_text(json.dumps(document).replace("civic.example", "other.example"))
    other_issuer = check(tmp_path, "--did", DID)
    (tmp_path / DID).write_text("[]")

    assert (wrong_key, other_issuer, check(tmp_path, "--did", DID)) == (1, 1, 1)


def test_of_a_city_without_an_address_the_key_is_the_name(
    town: Town, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PUBLIC_URL = ""
    fetch(tmp_path, town, certificate_in(town, "issued"))

    assert check(tmp_path) == 0
    assert "Compare it with the one that the city publishes" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "9" * 5000, "[" * 100_000, '{"@context": 1}'])
def test_what_is_no_credential_is_said_in_a_sentence(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / CREDENTIAL).write_text(text)

    assert check(tmp_path) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1
