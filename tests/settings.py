"""The settings of an installation for tests: fixed keys, a demo over plain http, plain static files."""

from __future__ import annotations

import os

os.environ.update(
    BAIXING_DEMO="1",
    SECRET_KEY="a secret only for tests",
    FIELD_KEYS="dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCB5b3UgZG8=",
    INDEX_KEY="an index key only for tests",
    STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
)

from baixing.settings import *  # noqa: E402, F403 - the environment comes first, and these are all of them
