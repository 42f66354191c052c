"""Alerts in a browser: from the front page to the list, read and put away, at both widths."""

import pytest
from django.urls import reverse

from pejl_hub.alerts.models import Seen
from tests.browser.conftest import NARROW, WIDE
from tests.web.test_alerts import alert as alert
from tests.web.test_alerts import worse as worse


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, False)])
def test_somebody_reads_an_alert_and_puts_it_away(visit, worse, alert, width, scripts):
    visitor = visit(width, scripts=scripts)
    visitor.sign_in("alice")
    page = visitor.go(reverse("status:overview"))
    page.click("text=2 ulæste varsler")
    page.locator(".alert-item").nth(1).wait_for(timeout=20000)
    assert visitor.overflow() <= 0
    if scripts:
        assert visitor.barriers() == ""
    page.locator(f"#varsel-{worse.pk} button", has_text="Markér som læst").click()
    page.locator(f"#varsel-{worse.pk}:not(.is-unread)").wait_for(timeout=20000)
    page.locator(f"#varsel-{worse.pk} button", has_text="Læg væk").click()
    page.locator("text=Varslet er lagt væk").wait_for(timeout=20000)
    assert page.locator(".alert-item").count() == 1
    page.locator("main a", has_text="Vis alle").click()
    page.locator(f"#varsel-{worse.pk}.is-away").wait_for(timeout=20000)
    if scripts:
        assert visitor.barriers() == ""
    page.locator(f"#varsel-{worse.pk} button", has_text="Vis igen").click()
    page.locator(f"#varsel-{worse.pk}:not(.is-away)").wait_for(timeout=20000)
    assert Seen.objects.filter(dismissed_at=None).count() == 1
    assert visitor.faults == []
