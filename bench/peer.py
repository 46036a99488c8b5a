"""pretix, the peer: from PyPI into a folder of its own, with its own database, 24 events and a free product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bench.load import Where, request
from bench.servers import KEPT, database

VERSION = "2026.8.0"
HOME = KEPT / "pretix"
PYTHON = HOME / "venv" / "bin" / "python"
SEED = Path(__file__).parent / "peer_seed.py"
Told = dict[str, str]


def set_up(server: str, where: Where) -> tuple[Told, Told]:
    """The environment it runs in, and what a client needs to know. The first time takes some ten minutes."""
    HOME.mkdir(parents=True, exist_ok=True)
    environment = _environment(database(server, "pretix_bench"), where)
    _install()
    if not (HOME / "migrated").exists():
        _say("pretix: its migrations, some minutes")
        _run([str(PYTHON), "-m", "pretix", "migrate", "-v0"], environment)
        (HOME / "migrated").touch()
    _say("pretix: 24 events, a free product, a token")
    told = _run([str(PYTHON), "-m", "pretix", "shell", "--no-imports", "-c", SEED.read_text()], environment)
    return environment, json.loads(told.strip().splitlines()[-1])


def gunicorn(where: Where) -> list[str]:
    """One worker as its manual starts it."""
    address = f"{where[0]}:{where[1]}"
    return [str(PYTHON), "-m", "gunicorn", "pretix.wsgi", "-w", "1", "-b", address, "--log-level", "warning"]


def order(where: Where, told: Told) -> bytes:
    """A free order over REST, as its manual has it: one position, no e-mail address."""
    position = {"item": int(told["item"]), "price": "0.00", "attendee_name_parts": {}, "answers": []}
    said: dict[str, object] = {"email": None, "locale": "en", "sales_channel": "web", "positions": [position]}
    path = f"/api/v1/organizers/bench/events/{told['event']}/orders/"
    body = json.dumps(said).encode()
    return request("POST", path, where, body, Content_Type="application/json", Authorization=f"Token {told['token']}")


def _environment(url: str, where: Where) -> Told:
    parts = urlsplit(url)
    return {
        "PRETIX_PRETIX_DATADIR": str(HOME / "data"),
        "PRETIX_PRETIX_URL": f"http://{where[0]}:{where[1]}",
        "PRETIX_DATABASE_BACKEND": "postgresql",
        "PRETIX_DATABASE_NAME": parts.path[1:],
        "PRETIX_DATABASE_USER": parts.username or "",
        "PRETIX_DATABASE_PASSWORD": parts.password or "",
        "PRETIX_DATABASE_HOST": unquote(parts.netloc.rsplit("@", 1)[-1].split(":")[0]),
        "PRETIX_DATABASE_PORT": str(parts.port or ""),
        "PRETIX_DJANGO_SECRET": "only for a bench",
        "PRETIX_DJANGO_DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
    }


def _install() -> None:
    if not PYTHON.exists():
        _run([sys.executable, "-m", "venv", str(HOME / "venv")], {})
    if subprocess.run([PYTHON, "-c", "import pretix, gunicorn"], check=False, stderr=subprocess.DEVNULL).returncode:
        _say(f"pretix {VERSION} from PyPI, some minutes")
        _run([str(PYTHON), "-m", "pip", "install", "-q", f"pretix=={VERSION}", "gunicorn"], {})


def _run(command: list[str], environment: Told) -> str:
    settings = {**os.environ, **environment}
    return subprocess.run(command, env=settings, check=True, stdout=subprocess.PIPE, text=True, cwd=HOME).stdout


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
