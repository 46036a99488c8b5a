"""A web worker holds what it needs and no more: what is loaded is looked at, for a size would tell of the machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

NEVER = {  # of commands, and of pages that few ever open
    *("ortools", "numpy", "pandas", "scipy", "pypinyin", "typst", "holidays"),
    *("openpyxl", "python_calamine", "segno", "fido2", "py_vapid", "http_ece", "pyld", "lxml", "PIL"),
}
LATER = {"icalendar"}  # for the pages that need them
PAGES = ("/", "/menu/", "/menu/?q=%E6%B0%B4%E9%BE%99", "/teams/", "/track/", "/in/", "/privacy/", "/find/")
ASK = """
import io, json, sys
import baixing.wsgi
loaded = [sorted({name.partition(".")[0] for name in sys.modules})]
codes = []
for page in json.loads(sys.argv[1]):
    path, _, query = page.partition("?")
    said = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    said |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http"}
    b"".join(baixing.wsgi.application(said, lambda status, _headers: codes.append(int(status[:3]))))
loaded.append(sorted({name.partition(".")[0] for name in sys.modules}))
print(json.dumps([codes, *loaded]))
"""


@pytest.mark.django_db
def test_a_worker_that_has_shown_its_pages_has_loaded_no_heavy_library(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the same code on both; only a file can be copied")
    for kept in Path(connection.settings_dict["NAME"]).parent.glob(f"{Path(connection.settings_dict['NAME']).name}*"):
        shutil.copy(kept, tmp_path / kept.name.replace(Path(connection.settings_dict["NAME"]).name, "baixing.sqlite3"))
    environment = {**os.environ, "DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "baixing.settings"}

    asked = [sys.executable, "-c", ASK, json.dumps(PAGES)]
    told = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True, cwd=Path.cwd())
    codes, at_first, later = json.loads(told.stdout.splitlines()[-1])

    assert set(codes) == {200, 302}
    assert (NEVER | LATER) & set(at_first) == set()
    assert NEVER & set(later) == set()
