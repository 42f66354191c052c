"""The users as a list, on screen and as files of the same rows."""

from typing import Any

import django_filters
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.models import Role, User
from pejl_hub.core.listing import A, Choice, Filters, Listing, Moment, Search, Table, Text, Words
from pejl_hub.core.places import name_of


class Way(TextChoices):
    """What a user signs in with; the hub's own sign-in has its second step itself."""

    PASSWORD = "adgangskode", _("password alone")
    PROVIDER = "hus", _("the hub's sign-in")
    CODE = "kode", _("password and code")


class State(TextChoices):
    """Whether a user may sign in."""

    OPEN = "aaben", _("may sign in")
    LOST = "gruppe", _("in no group of the hub's sign-in")
    SHUT = "lukket", _("shut out")


ONE_STEP = "uden-kode"


class UserTable(Table):
    """A line for each user."""

    username = Text(_("User name"), linkify=("accounts:user", {"number": A("pk")}))
    name = Text(
        _("Name"), accessor="get_full_name", order_by=("first_name", "last_name"), default=""
    )
    role = Text(_("Role"))
    municipality = Words(_("Municipality"), words=name_of, default="")
    way = Words(_("Signs in with"), words=lambda code: Way(code).label)
    last_login = Moment(_("Last signed in"), default=_("never"))
    state = Words(_("State"), words=lambda code: State(code).label)


class StateFilter(django_filters.ChoiceFilter):
    """A state, or of those who may sign in the ones who do so with a password alone."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The users of that kind; all where none is asked for."""
        if value == ONE_STEP:
            return queryset.filter(state=State.OPEN, way=Way.PASSWORD)
        return queryset.filter(state=value) if value else queryset


class UserFilters(Filters):
    """What a user may be looked for by."""

    q = Search(
        fields=("username", "first_name", "last_name", "email"),
        label=_("User name, name or e-mail"),
    )
    rolle = Choice(_("Role"), field_name="role", choices=Role.choices)
    tilstand = StateFilter(
        label=_("State"),
        empty_label=_("All"),
        choices=(*State.choices, (ONE_STEP, _("may sign in with a password alone"))),
    )


def _rows(user: Any) -> QuerySet:
    code = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    provider = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    lost = Q(lost_groups=True)
    return User.objects.annotate(
        way=_first((provider, Way.PROVIDER), (Exists(code), Way.CODE), default=Way.PASSWORD),
        state=_first((Q(is_active=True), State.OPEN), (lost, State.LOST), default=State.SHUT),
    )


def _first(*cases: tuple[Any, str], default: str) -> Case:
    """The word of the first case that holds."""
    return Case(*(When(case, Value(word)) for case, word in cases), default=Value(default))


USERS = Listing(
    name="users",
    title=_("Users"),
    table=UserTable,
    filters=UserFilters,
    rows=_rows,
    order=("-is_active", "username"),
    empty=_("There are no users yet. Make the first one."),
)
