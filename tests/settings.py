"""The house's settings for its tests: a home folder of their own, quick password hashes, no network addresses."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="keguan-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["KEGUAN_HOME"] = str(_home)
os.environ["KEGUAN_DATABASE_URL"] = os.environ.get("KEGUAN_TEST_DATABASE_URL", "")
os.environ.pop("KEGUAN_LANGUAGE", None)  # the console speaks Chinese
os.environ["KEGUAN_BROKER"] = ""  # tests that are about Redis name it themselves
os.environ["KEGUAN_POOL"] = "0"  # a pool's own connections would keep the test database from being dropped
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in the test's thread

from keguan.runtime.keyring.file import ensure  # noqa: E402 - the environment comes first

ensure(_home / "keyring.json")
(_home / "static").mkdir()  # whitenoise says when it is missing

from keguan.config.settings import *  # noqa: E402, F403 - the house's own settings, with the few below changed

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Every test's client would list and open each static file anew. Looked up when asked for they are the same files; the
# journeys run the house's own settings.
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Tests let months pass while people stay signed in; those about sessions and passwords set figures of their own.
SIGN_IN_PASSWORD_DAYS = 0
SIGN_IN_IDLE_MINUTES = SIGN_IN_SESSION_HOURS = 10_000_000
SIGN_IN_SESSIONS = 0
