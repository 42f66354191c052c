"""The e-mail about a report: a link and never the file, and no figure."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pejl.base import wording
from pejl_hub.core.text import one_line
from pejl_hub.reporting.models import About, Delivery
from pejl_hub.surveys.asking import contract_for


def letter(delivery: Delivery) -> EmailMultiAlternatives:
    """The e-mail in plain text, in the report's language."""
    report = delivery.report
    with translation.override(report.language):
        context = {
            "delivery": delivery,
            "report": report,
            "hub": contract_for(report.as_of).hub_name,
            "recalled": delivery.about == About.RECALL,
            "link": f"{settings.PEJL_URL}{reverse('reporting:link', args=[delivery.token])}",
        }
        return EmailMultiAlternatives(
            subject=_subject(delivery),
            body=render_to_string("reporting/letter.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[delivery.address],
            headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
        )


def _subject(delivery: Delivery) -> str:
    report = delivery.report
    said = {"title": one_line(report.title), "day": wording.day(report.as_of, report.language)}
    if delivery.about == About.RECALL:
        return _("Recalled: %(title)s, %(day)s") % said
    return _("%(title)s, %(day)s") % said
