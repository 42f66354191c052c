"""A hub's database filled for a benchmark; call it when Django is set up."""

import sys


def fill_hub(guidances: int) -> None:
    """Tables, the demo's users and so many guidances with what belongs to them, unless there."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.hub import Size, fill
    from pejl_hub.accounts.actions import make_demo_users
    from pejl_hub.companies.models import Company

    call_command("migrate", verbosity=0)
    make_demo_users()
    if Company.objects.exists():
        return
    fill(Size(guidances // 10, guidances), lambda what: print(what, file=sys.stderr, flush=True))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # a server in use does so by itself
