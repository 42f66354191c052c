"""Addresses for what watches the hub; nobody signs in to them."""

from django.urls import path

from pejl_hub.operations import health
from pejl_hub.operations.metrics import metrics

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("readyz/worker", health.ready_worker, name="readyz-worker"),
    path("metrics", metrics, name="metrics"),
]
