"""What every record has: where it came from, so that it can be recognised, traced and undone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, text_or_unknown


class Record(models.Model):
    """A record typed here (all four null) or imported (all four known).

    ``source_hash`` is the hash of the row as it was read; ``import_run`` the import that last
    wrote the record. ``edited_at`` is set by every edit made here, and keeps an import from
    being undone over somebody's later work.
    """

    source = text_or_unknown(_("source"), length=40, editable=False)
    source_id = text_or_unknown(_("id in the source"), length=120, editable=False)
    source_hash = text_or_unknown(_("hash of the row"), length=32, editable=False)
    import_run = models.ForeignKey(
        "sources.ImportRun",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("imported by"),
    )
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    class Meta:
        """Apps add their own constraints to ``Record.Meta.constraints``."""

        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_id"], name="%(app_label)s_%(class)s_source_id_once"
            ),
            all_or_none("origin_whole", "source", "source_id", "source_hash", "import_run"),
        ]
