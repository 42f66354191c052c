"""``python -m django db_worker``: the queue's own command, with a worker that outlives outages."""

import logging
from typing import Any

from django_tasks_db.management.commands import db_worker

from pejl_hub.core.worker import Worker


class Command(db_worker.Command):
    """The options are those of the queue."""

    def configure_logging(self, verbosity: int) -> None:
        """Quiet is without each job's lines, but not without what goes wrong around them."""
        super().configure_logging(verbosity)
        if verbosity == 0:
            logging.getLogger("django_tasks_db").setLevel(logging.WARNING)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to end."""
        self.configure_logging(options["verbosity"])
        names = options["queue_name"].split(",")
        left_out = options["exclude_queues"].split(",") if options["exclude_queues"] else []
        kept = ("interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id")
        worker = Worker(
            queue_names=names,
            excluded_queue_names=left_out,
            **{name: options[name] for name in kept},
        )
        worker.configure_signals()
        worker.run()
