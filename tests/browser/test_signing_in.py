"""Signing in, as somebody at a browser does it: with a code, and with the hub's provider."""

import pytest

from pejl_hub.accounts.actions import demo_password
from pejl_hub.accounts.models import User
from tests.browser.conftest import NARROW, WIDE
from tests.oidc import serving
from tests.web.second import code

GROUPS = '[[group]]\nname = "Pejl-Controllere"\nrole = "controller"\n'


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_code_is_turned_on_and_asked_for_the_next_time(visit, width):
    visitor = visit(width)
    visitor.sign_in("tove")
    page = visitor.go("/mit-login/kode/")
    assert (visitor.barriers(), visitor.overflow()) == ("", 0)
    page.click("details summary")
    secret = page.inner_text("code.long").replace(" ", "")
    page.fill("#id_code", code(secret, -1))
    page.click("form:has(#id_code) button")
    page.wait_for_url("**/mit-login/koder/")
    assert (visitor.barriers(), visitor.overflow()) == ("", 0)
    assert page.locator(".codes li").count() == 10
    again = visit(width)
    again.go("/log-ind/")
    again.page.fill("#id_username", "tove")
    again.page.fill("#id_password", demo_password())
    again.page.click(".sign-in-form button")
    again.page.wait_for_url("**/log-ind/kode/")
    assert again.page.url.endswith("/log-ind/kode/") or "kode" in again.page.url
    assert (again.barriers(), again.overflow()) == ("", 0)
    again.page.fill("#id_code", code(secret))
    again.page.click("form:has(#id_code) button")
    again.page.wait_for_url(lambda url: "log-ind" not in url)
    again.go("/mit-login/")
    assert (again.barriers(), again.overflow(), again.faults, visitor.faults) == ("", 0, [], [])


def test_the_hubs_provider_signs_in_by_pkce_and_refuses_whoever_has_no_group(
    visit, settings, tmp_path
):
    (tmp_path / "groups.toml").write_text(GROUPS, encoding="utf-8")
    with serving() as idp:
        told = {"issuer": idp.issuer, "groups": str(tmp_path / "groups.toml"), "client_id": "pejl"}
        told |= {"client_secret": "hemmeligt", "name": "husets login"}
        settings.PEJL_OIDC = settings.PEJL_OIDC | told
        idp.person("karin", groups=["Pejl-Controllere"], given_name="Karin", family_name="Holm")
        idp.person("bo", groups=["Alle"])
        visitor = visit(WIDE)
        for who in ("bo", "karin"):
            page = visitor.go("/log-ind/?next=/mit-login/")
            assert visitor.barriers() == ""
            page.click(".sign-in-provider a")
            page.fill("input[name=sub]", who)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: url.startswith(visitor.server))
            assert visitor.barriers() == ""
            if who == "bo":
                assert "Alle" in page.inner_text(".refused-groups")
        page.wait_for_url("**/mit-login/")
        assert "Karin Holm" in page.inner_text(".who")
        page.click("form[action='/log-ud/'] button")
        page.wait_for_url("**/log-ind/?*")
        assert "stadig logget ind" in page.inner_text(".alert-info")
        assert (visitor.barriers(), visitor.overflow()) == ("", 0)
    assert idp.challenges[-1]["code_challenge_method"] == "S256"
    assert not User.objects.filter(username="bo").exists()
