"""Gathers the words for translators, the phrases of ``pejl.base.phrases`` among them."""

from typing import ClassVar

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's own, which also knows ``phrase("…")``."""

    xgettext_options: ClassVar = [*makemessages.Command.xgettext_options, "--keyword=phrase"]
