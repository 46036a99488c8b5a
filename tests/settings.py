"""The settings of an installation for tests: fixed keys, a demo over plain http, plain static files."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "DATA" not in os.environ:  # a folder of its own, so that several may run at once
    os.environ["DATA"] = tempfile.mkdtemp(prefix="baixing-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA"], ignore_errors=True)

os.environ.update(
    BAIXING_DEMO="1",
    CREDENTIAL_KEYS="z3u2RDpgFe6Voz19gxWsBkueKj6XiuC9w1bSBT4FTowsWk6A",  # the bytes 0 to 31
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # the browser's loop runs in the thread that asks the database
    FIELD_KEYS="dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCB5b3UgZG8=",
    INDEX_KEY="an index key only for tests",
    SECRET_KEY="a secret only for tests",
    STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
)

from baixing.settings import *  # noqa: F403 - all of them; the environment above comes first

INSTALLED_APPS += ["tests.kernel.toy"]  # noqa: F405 - a thing with a life, for tests of the kernel
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - the server of static files looks for it
