"""Keeping data no longer than the rules say: what is due, asking, approving, and the run itself."""

import calendar
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.core.actions import bump_revision
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.privacy.categories import BY_KEY, CATEGORIES, Category
from pejl_hub.privacy.due import JOBS, Job
from pejl_hub.privacy.erasing import is_held
from pejl_hub.privacy.models import Case, RetentionRule, RetentionRun, RunState, State
from pejl_hub.privacy.subjects import Subject

BATCH = 200
SAMPLES = 5
LONGEST = 600  # months
PAUSE = timedelta(days=31)  # so much too early may something go at worst, by a clock that is ahead
Say = Callable[[str, int], None]


@dataclass(frozen=True)
class Rule:
    """A category as this hub has it: how many months, and the day before which all goes."""

    category: Category
    months: int
    before: date


@dataclass(frozen=True)
class Due:
    """What would go: how many rows, and the numbers of some of them with their tables."""

    rule: Rule
    rows: int
    samples: tuple[tuple[str, Any], ...]


def rules(today: date) -> list[Rule]:
    """Every category with the hub's own months, or those it begins with."""
    own = dict(RetentionRule.objects.values_list("category", "months"))
    return [
        Rule(one, months, months_before(today, months))
        for one in CATEGORIES
        for months in (own.get(one.key, one.months),)
    ]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the month's last where it has none.

    Examples
    --------
    >>> months_before(date(2024, 3, 31), 1), months_before(date(2024, 1, 15), 24)
    (datetime.date(2024, 2, 29), datetime.date(2022, 1, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has none.

    Examples
    --------
    >>> months_after(date(2024, 1, 31), 1), months_after(date(2024, 1, 15), 24)
    (datetime.date(2024, 2, 29), datetime.date(2026, 1, 15))
    """
    return months_before(day, -months)


def months_of(key: str) -> int:
    """For how many months the hub keeps a category."""
    return next(one.months for one in rules(timezone.localdate()) if one.category.key == key)


def sha_of_rules() -> str:
    """The hash of all months: what an approval is of."""
    months = {rule.category.key: rule.months for rule in rules(date(2024, 1, 1))}
    return hashlib.sha256(json.dumps(months, sort_keys=True).encode()).hexdigest()


def change_rules(*, months: Mapping[str, int], by: User) -> int:
    """Set the months of categories; gives how many were changed.

    Raises
    ------
    PermissionDenied
        When the user may not.
    UserError
        When a category is unknown, or a number is not between 1 and ``LONGEST``.
    """
    require(by, Action.KEEP_PRIVACY)
    now = {rule.category.key: rule.months for rule in rules(timezone.localdate())}
    changed = {key: value for key, value in months.items() if value != now.get(key)}
    with transaction.atomic():
        for key, value in changed.items():
            if key not in BY_KEY or not 1 <= value <= LONGEST:
                raise UserError(
                    given=f"{value} months for {key}",
                    needed=f"a category, and from 1 to {LONGEST} months",
                    remedy="Correct the number.",
                )
            rule, _made = RetentionRule.objects.update_or_create(
                category=key, defaults={"months": value, "who": by.get_username()}
            )
            details = {"category": key, "changed": {"months": [now[key], value]}}
            record(by=by, action="retention.changed", obj=rule, details=details)
    return len(changed)


def dry_run(today: date) -> list[Due]:
    """What a run would take, and nothing is taken."""
    return [_due(rule) for rule in rules(today)]


def _due(rule: Rule) -> Due:
    count, samples = 0, list[tuple[str, Any]]()
    for job in JOBS[rule.category.key]:
        rows = _free(job, rule)
        count += rows.count()
        label = str(rows.model._meta.verbose_name)
        pks = rows.order_by("pk").values_list("pk", flat=True)
        samples += [(label, pk) for pk in pks[: SAMPLES - len(samples)]]
    return Due(rule, count, tuple(samples))


def _free(job: Job, rule: Rule) -> Any:
    """The rows that are due, without those of persons who are held back."""
    rows = job.due(rule.before)
    if not job.kind:
        return rows
    cases = Case.objects.filter(kind=job.kind, state=State.HELD).values_list("number", flat=True)
    held = [pk for pk in set(cases) if is_held(Subject(job.kind, pk))]
    return rows.exclude(pk__in=held)


def ask(*, by: User) -> RetentionRun:
    """Ask for a run by the rules as they are; another has to approve it.

    Raises
    ------
    PermissionDenied
        When the user may not.
    """
    require(by, Action.KEEP_PRIVACY)
    with transaction.atomic():
        run = RetentionRun.objects.create(
            rules=sha_of_rules(),
            day=timezone.localdate(),
            state=RunState.ASKED,
            asked_by=by,
            who=by.get_username(),
        )
        record(by=by, action="retention.asked", obj=run)
    return run


def approve(*, run: RetentionRun, by: User) -> RetentionRun:
    """Approve, as the second person; the queue does the run.

    Raises
    ------
    PermissionDenied
        When the user may not.
    UserError
        When it is the same person, or the rules have changed since.
    """
    # Loaded late: the task does runs, and so needs this module.
    from pejl_hub.privacy.tasks import retain

    require(by, Action.KEEP_PRIVACY)
    with transaction.atomic():
        run = RetentionRun.objects.select_for_update().get(pk=run.pk)
        if run.asked_by_id == by.pk:
            raise _refusal("an approval by the one who asked", "another person's")
        if run.state != RunState.ASKED or run.rules != sha_of_rules():
            raise _refusal(
                "a run whose rules have changed since, or that was approved", "a new one"
            )
        run.state, run.approved_by, run.approver = RunState.APPROVED, by, by.get_username()
        run.day = timezone.localdate()
        run.save()
        record(by=by, action="retention.approved", obj=run)
        put_in_queue(retain, day=run.day.isoformat())
    return run


def is_approved(today: date) -> bool:
    """Whether two people have agreed on a run by the rules as they are, and runs went on since."""
    return _agreed().filter(day__gte=today - PAUSE).exists()


def _agreed() -> QuerySet[RetentionRun]:
    return RetentionRun.objects.filter(rules=sha_of_rules()).exclude(state=RunState.ASKED)


def run_retention(
    *, today: date, by: AbstractBaseUser | None, say: Say = lambda key, rows: None
) -> RetentionRun:
    """Take everything that is due, a batch in a transaction; what is gone stays gone when cut off.

    Raises
    ------
    UserError
        When nobody has approved a run by these rules, or the last is longer ago than ``PAUSE``.
    """
    _require_approval(today)
    run = RetentionRun.objects.filter(state=RunState.APPROVED, rules=sha_of_rules()).last()
    run = run or RetentionRun.objects.create(
        rules=sha_of_rules(), day=today, state=RunState.APPROVED, who=name_of(by)
    )
    for rule in rules(today):
        for rows in _take(rule):
            counts = run.counts
            counts[rule.category.key] = counts.get(rule.category.key, 0) + rows
            run.save(update_fields=["counts"])
            say(rule.category.key, counts[rule.category.key])
    with transaction.atomic():
        run.state, run.finished_at = RunState.DONE, timezone.now()
        run.save(update_fields=["state", "finished_at"])
        record(by=by, action="retention.run", obj=run, details={"counts": run.counts})
        bump_revision()
    return run


def _require_approval(today: date) -> None:
    """What goes is gone for good: by a clock that jumps a year ahead, a year too much would go.

    So each run vouches for the day of the next, and after a long pause two people do.
    """
    if is_approved(today):
        return
    if not _agreed().exists():
        raise _refusal("rules that no two people have agreed on", "a run asked for and approved")
    raise UserError(
        given=f"{today}, more than {PAUSE.days} days after the last run",
        needed="a clock that is right, or two people who say that it is",
        remedy="Look at the clock. If it is right, ask for a run and let another approve it: "
        "Data › Personal data › Retention.",
    )


def _take(rule: Rule) -> Iterator[int]:
    for job in JOBS[rule.category.key]:
        last: Any = None
        while True:
            rows = _free(job, rule).order_by("pk")
            pks = list(
                (rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[
                    :BATCH
                ]
            )
            if not pks:
                break
            with transaction.atomic():
                job.do(pks)
            last = pks[-1]
            yield len(pks)


def _refusal(given: str, needed: str) -> UserError:
    return UserError(given=given, needed=needed, remedy="Data › Personal data › Retention.")
