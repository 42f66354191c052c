"""Making an edition as a background job."""

from django_tasks import task

from pejl.base.errors import UserError
from pejl_hub.publishing.actions import make_edition
from pejl_hub.publishing.models import Edition, State


@task()
def make(edition_id: int) -> None:
    """Make an edition that waits. A refusal is the edition's error; ours is raised too."""
    edition = Edition.objects.get(pk=edition_id)
    if edition.state != State.WAITING:
        return
    try:
        make_edition(edition=edition)
    except UserError as refusal:
        _fail(edition_id, str(refusal))
    except Exception:
        _fail(edition_id, "Pejl could not make the edition. Nothing was published.")
        raise


def give_up(edition_id: int) -> None:
    """Say that the edition is not tried again."""
    _fail(edition_id, "The worker was killed while it made the edition, twice. Publish again.")


def _fail(edition_id: int, error: str) -> None:
    waiting = Edition.objects.filter(pk=edition_id, state=State.WAITING)
    waiting.update(state=State.FAILED, error=error[:2000])
