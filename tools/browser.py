"""Find a Chromium for the tests, or install one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
LIGHT = "chromium-headless-shell"  # no window and no notifications; the same pages for a third of the work
HURRIED = ["-oAcquire::http::Timeout=30", "-oAcquire::Retries=1"]
PACKED = Path(__file__).resolve().parent / "chromium"  # what npm has, for a machine without apt
UNPACK = """
import chromium, { inflate } from "@sparticuz/chromium";
const bin = new URL("./node_modules/@sparticuz/chromium/bin/", import.meta.url).pathname;
const libraries = (await inflate(bin + "al2023.tar.br")) + "/lib";
console.log(JSON.stringify({ CHROMIUM: await chromium.executablePath(), LD_LIBRARY_PATH: libraries }));
"""


def environment() -> dict[str, str]:
    """What the tests need to know to start it."""
    return (_here() or _from_apt() or _from_npm() or _missing()) | _light()


def _here() -> dict[str, str]:
    found = [path for name in (os.environ.get("CHROMIUM", ""), *NAMES) if (path := shutil.which(name))]
    return next(({"CHROMIUM": path} for path in found if _runs(path)), {})


def _from_apt() -> dict[str, str]:
    if not shutil.which("apt-get"):
        return {}
    _install("chromium", "fonts-noto-cjk")
    return _here()


def _light() -> dict[str, str]:
    """Not where somebody has chosen a browser, nor put on a machine that is somebody's own: the whole one will do."""
    if os.environ.get("CHROMIUM"):
        return {}
    if not shutil.which(LIGHT) and shutil.which("apt-get") and os.geteuid() == 0:
        _install(LIGHT)
    found = shutil.which(LIGHT)
    return {"CHROMIUM_LIGHT": found} if found and _runs(found) else {}


def _install(*packages: str) -> None:
    print(f"Installing {' and '.join(packages)}", flush=True)
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    install = ["install", "-y", "-qq", "--no-install-recommends", *packages]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], install):
        subprocess.run([*root, "apt-get", *HURRIED, *command], env=quiet, capture_output=True, check=False)


def _from_npm() -> dict[str, str]:
    packed = subprocess.run(["npm", "ci", "--silent"], cwd=PACKED, check=False)
    if packed.returncode:
        return {}
    unpack = ["node", "--input-type=module", "-e", UNPACK]
    said = subprocess.run(unpack, cwd=PACKED, capture_output=True, text=True, check=False)
    found: dict[str, str] = json.loads(said.stdout) if said.returncode == 0 else {}
    return found if found and _runs(found["CHROMIUM"], found) else {}


def _missing() -> dict[str, str]:
    sys.exit(
        "Please install Chromium (package chromium) or set CHROMIUM to one: neither apt nor npm could give it here."
    )


def _runs(path: str, more: dict[str, str] | None = None) -> bool:
    asked = subprocess.run([path, "--version"], env={**os.environ, **(more or {})}, capture_output=True, check=False)
    return asked.returncode == 0


if __name__ == "__main__":
    print(environment())
