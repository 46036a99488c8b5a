"""An installation to be measured: as in production, but over plain http, with keys that guard nothing."""

from __future__ import annotations

import os

os.environ.setdefault("SECRET_KEY", "only for a bench, and for nothing else than a bench at all")
os.environ.setdefault("INDEX_KEY", "only for a bench")
os.environ.setdefault("FIELD_KEYS", "dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCB5b3UgZG8=")
os.environ.setdefault("BAIXING_DEMO", "1")  # which is what allows plain http

from baixing.settings import *  # noqa: F403 - all of them; the environment above comes first

ROOT_URLCONF = "bench.urls"
