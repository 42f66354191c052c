"""The hub as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every room is read now, not while somebody waits
# What is loaded now stays: to leave it out when looking for garbage makes pages 5 to 10 % quicker.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
