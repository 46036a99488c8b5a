"""Find a Chromium for the tests, or install one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIGHT = "chromium-headless-shell"  # has no window to draw: the same pages for half the work
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome")
HURRIED = [f"-oAcquire::{by}::Timeout=10" for by in ("http", "https")] + ["-oAcquire::Retries=1"]
PACKED = Path(__file__).resolve().parent / "chromium"  # what npm has, for a machine without apt
UNPACK = """
import chromium, { inflate } from "@sparticuz/chromium";
const bin = new URL("./node_modules/@sparticuz/chromium/bin/", import.meta.url).pathname;
const libraries = (await inflate(bin + "al2023.tar.br")) + "/lib";
console.log(JSON.stringify({ CHROMIUM: await chromium.executablePath(), LD_LIBRARY_PATH: libraries }));
"""


def environment() -> dict[str, str]:
    """What the tests need to know to start it."""
    asked_for = os.environ.get("CHROMIUM", LIGHT)
    return _here(asked_for) or _lighter() or _here(*NAMES) or _from_apt("chromium") or _from_npm() or _missing()


def _here(*names: str) -> dict[str, str]:
    found = [path for name in names if (path := shutil.which(name))]
    return next(({"CHROMIUM": path} for path in found if _runs(path)), {})


def _lighter() -> dict[str, str]:
    """On a machine that is somebody's own the Chromium that is there will do."""
    return _from_apt(LIGHT) if os.geteuid() == 0 or not _here(*NAMES) else {}


def _from_apt(package: str) -> dict[str, str]:
    if not shutil.which("apt-get"):
        return {}
    print(f"Installing {package} and a Chinese font", flush=True)
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    install = ["install", "-y", "-qq", "--no-install-recommends", package, "fonts-noto-cjk"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], install):
        subprocess.run([*root, "apt-get", *HURRIED, *command], env=quiet, capture_output=True, check=False)
    return _here(*NAMES)


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
