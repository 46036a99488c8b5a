"""pretix, the peer: from PyPI into a folder of its own, with its own database, 24 events and a free product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bench.load import Where, once, request
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


def rush_event(where: Where, told: Told, seats: int) -> tuple[str, str]:
    """A new event with one free product and so few seats, made over REST; its short name and the product's key."""
    slug = f"rush{time.time_ns()}"
    base = "/api/v1/organizers/bench/events/"
    start = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    event = {"name": {"en": "Rush"}, "slug": slug, "currency": "CNY", "date_from": start, "plugins": [], "live": False}
    _post(where, told, base, event)
    said = {"name": {"en": "Free"}, "default_price": "0.00", "admission": True, "active": True}
    item = str(_post(where, told, f"{base}{slug}/items/", said)["id"])
    quota = {"name": "All", "size": seats, "items": [int(item)], "variations": []}
    _post(where, told, f"{base}{slug}/quotas/", quota)
    _post(where, told, f"{base}{slug}/", {"live": True}, "PATCH")
    return slug, item


def _post(where: Where, told: Told, path: str, said: dict[str, object], method: str = "POST") -> dict[str, object]:
    body, token = json.dumps(said).encode(), f"Token {told['token']}"
    asked = request(method, path, where, body, Content_Type="application/json", Authorization=token)
    status, _head, answer = once(where, asked)
    if status >= 300:  # noqa: PLR2004 - what is no success
        message = f"pretix says {status} to {path}: {answer[:300]!r}"
        raise RuntimeError(message)
    found: dict[str, object] = json.loads(answer[answer.index(b"{") : answer.rindex(b"}") + 1])
    return found


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
