"""The settled comments on a goal, for pages of other rooms."""

from typing import Any

from django import template

from pejl_hub.accounts.access import Action, may
from pejl_hub.narrative.queries import may_read, shown_on_goal

register = template.Library()


@register.inclusion_tag("narrative/_on_goal.html", takes_context=True)
def comments_on(context: template.Context, ask: Any, goal: str) -> dict[str, Any]:
    """The comments on the goal that the reader may see: those that are approved.

    The figure that a comment was written on is the house's own: an edition may hide it.
    """
    user = context["request"].user
    found = shown_on_goal(ask.contract.id, goal, ask.day, ask.municipality)
    return {
        "comments": found if may_read(user, ask.contract, goal) else (),
        "may_write": may(user, Action.WRITE_COMMENTS),
        "with_figure": may(user, Action.SEE_SMALL_COUNTS),
    }
