"""The hub as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
application = get_wsgi_application()
# What is loaded now stays: to leave it out when looking for garbage makes pages 5 to 10 % quicker.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
