"""Numbers, days and icons in templates, in the language of the page."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pejl.base import wording
from pejl.base.phrases import Phrase
from pejl_hub.core import phrasing

register = template.Library()


def language() -> str:
    """``da`` or ``en``: the language of the page."""
    return "en" if (get_language() or "da").startswith("en") else "da"


@register.filter
def in_words(said: object) -> str:
    """A phrase or a refusal in the language of the page; a plain text is itself."""
    return phrasing.in_words(said)


@register.simple_tag
def tongue(said: object) -> SafeString:
    """The attribute ``lang`` of a text that is English on every page, for it is no phrase."""
    return SafeString("") if isinstance(said, Phrase) else format_html(' lang="{}"', "en")


@register.filter
def number(value: wording.Number | None, decimals: int = 0) -> str:
    """A number as people write it; nothing for a missing one."""
    return "" if value is None else wording.number(value, decimals, language())


@register.filter
def day(value: date | None) -> str:
    """A day in words; nothing for a missing one."""
    return "" if value is None else wording.day(value, language())


@register.filter
def moment(value: datetime | None) -> str:
    """A day in words and the time in Denmark; nothing for a missing one."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = local.strftime("%H.%M" if language() == "da" else "%H:%M")
    return f"{wording.day(local.date(), language())}{wording.SPACE}{clock}"


@register.filter
def month(value: str) -> str:
    """A ``YYYY-MM`` month in words."""
    return wording.month(value, language())


@register.filter
def text(value: dict[str, str] | None) -> str:
    """The contract's own text in the language of the page, else in Danish."""
    return "" if not value else value.get(language()) or value.get("da", "")


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the design system; decoration only, so hidden from readers of text."""
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        classes,
        static("vendor/dkfds/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: str | int | None) -> str:
    """The page's own query with some parameters changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
