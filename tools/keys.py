"""Write the keys of a demo installation, once: python tools/keys.py var/keys.env"""

from __future__ import annotations

import base64
import secrets
import sys
from pathlib import Path

from baixing.kernel.credentials.keys import new_secret


def main(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        "BAIXING_DEMO=1\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"FIELD_KEYS={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}\n"
        f"INDEX_KEY={secrets.token_urlsafe(32)}\n"
        f"VAPID_KEY={_vapid()}\n"
        f"CREDENTIAL_KEYS={new_secret()}\n"
        f"LEDGER_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}\n"
    )


def _vapid() -> str:
    """A private key on P-256: any number from 1 to below the order of its group."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    number = secrets.randbelow(order - 1) + 1
    return base64.urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
