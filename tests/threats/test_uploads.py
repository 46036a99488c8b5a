"""Files that somebody sends: whatever they are called, the name is words and leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baixing.kernel.once import new_key
from baixing.network.models import Unit
from tests.access.world import World
from tests.town import NINE

LIST: Final = "名称,简称\n柳树村站,柳树村\n".encode()
NAMES: Final = (
    "../../../../tmp/threats.csv",
    "..\\..\\threats.csv",
    "/etc/threats.csv",
    "C:\\threats.csv",
    "threats.csv\x00.xlsx",
    "threats\r\nSet-Cookie: a=b.csv",
    "\u202evsc.staerht",
    "<svg onload=window.__xss=1>.csv",
    '"; filename="threats.csv',
    "=cmd|' /C calc'!A0.csv",
    "长" * 300 + ".csv",
    ".csv",
    "threats.svg",
    "threats.html",
    "CON.csv",
)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_does_harm(world: World, name: str) -> None:
    client = world.client("zhou")
    before = {*Path(settings.DATA).rglob("*")}
    address = reverse("exchange:upload", args=[world.near["unit"], "units"])

    answer = client.post(address, {"key": new_key(), "file": SimpleUploadedFile(name, LIST)}, follow=True)

    assert answer.status_code in {200, 400, 422}
    assert "<svg onload" not in answer.content.decode()
    assert "Set-Cookie: a" not in str(answer.headers)
    assert {path for path in {*Path(settings.DATA).rglob("*")} - before if "sqlite" not in path.name} == set()


def test_no_name_of_a_unit_breaks_out_of_the_name_of_a_sheet(world: World) -> None:
    Unit.objects.filter(pk=world.near["unit"]).update(short='a"; x="\r\nb')

    answer = world.client("zhou").get(reverse("exchange:export", args=[world.near["unit"], "teams", "csv"]))

    assert answer.status_code == 200
    said = answer.headers["Content-Disposition"]
    assert "\r" not in said
    assert '"; x="' not in said
