"""Puts one person in every place of a hub that a person can stand in; run in the hub's own life.

``everywhere.py fill EXPORT`` fills it, makes a backup and prints the person's number;
``everywhere.py erase NUMBER`` prints what was said to stay, erases, and proves what was signed;
``everywhere.py restore FILE`` puts the backup back, and proves it again. Each prints the figures
of the year, in a process of its own: to start one takes longer than its work.
"""

import gzip
import io
import json
import os
import sys
import zipfile
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
import django

django.setup()

import docx  # noqa: E402
import typst  # noqa: E402
import xlsxwriter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from pejl_hub.accounts.models import Role, User  # noqa: E402
from pejl_hub.audit import chain  # noqa: E402
from pejl_hub.cli import app  # noqa: E402
from pejl_hub.closing.models import Close  # noqa: E402
from pejl_hub.communication.models import Press  # noqa: E402
from pejl_hub.companies.models import Person  # noqa: E402
from pejl_hub.contracts.files import keep_document  # noqa: E402
from pejl_hub.contracts.models import ContractDocument  # noqa: E402
from pejl_hub.efforts.papers import attach  # noqa: E402
from pejl_hub.events.models import Event  # noqa: E402
from pejl_hub.evidence.models import Effort  # noqa: E402
from pejl_hub.governance.closes.actions import close_period  # noqa: E402
from pejl_hub.governance.closes.archive import figures_of  # noqa: E402
from pejl_hub.governance.closes.verify import verify  # noqa: E402
from pejl_hub.guidance.models import Guidance  # noqa: E402
from pejl_hub.operations.backup import make_backup  # noqa: E402
from pejl_hub.privacy.erasing import erase  # noqa: E402
from pejl_hub.privacy.files.staying import staying  # noqa: E402
from pejl_hub.privacy.identity import identity_of  # noqa: E402
from pejl_hub.privacy.subjects import Subject, closure  # noqa: E402
from pejl_hub.reporting.files import keep  # noqa: E402
from pejl_hub.reporting.models import Order, Report  # noqa: E402
from pejl_hub.snapshots.actions import ensure_snapshot, take_snapshot  # noqa: E402
from pejl_hub.sources.attendees.actions import take_in  # noqa: E402
from pejl_hub.sources.imports import run_import  # noqa: E402
from pejl_hub.status.queries import contract_on  # noqa: E402

NAME, EMAIL, PHONE = "Zenobia Quistgårdsen", "zenobia@quistgaardsen.example", "40 71 93 28"
JUNE, DECEMBER = date(2024, 6, 30), date(2024, 12, 31)
SAID = f"Ring til {NAME}, {EMAIL}, tlf. {PHONE}."


def word() -> bytes:
    """The name stands in two runs, as Word writes it when half of it was corrected."""
    document, out = docx.Document(), io.BytesIO()
    line = document.add_paragraph("Referat: ")
    for part in (NAME[:7], NAME[7:]):
        line.add_run(part)
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, ["Navn", NAME, EMAIL])
    return out.getvalue()


def pdf() -> bytes:
    return bytes(typst.compile(f'#set document(title: "x")\nDeltager: {NAME}'.encode()))


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("liste.xlsx", sheet())
        archive.writestr("liste.csv.gz", gzip.compress(SAID.encode()))
    return out.getvalue()


def user(name: str, role: Role) -> User:
    return User.objects.create_user(name, role=role, email=f"{name}@example.org")


def report(state: str, kind: str, by: User, second: User, forms: dict[str, bytes]) -> None:
    decided = {} if state == "made" else {"decided_at": timezone.now(), "decided_by": second}
    out = {"released_at": timezone.now(), "released_by": by} if state == "released" else {}
    made = Report.objects.create(
        order=Order.objects.create(kind=kind, as_of=date(2024, 6, 30), asked_by=by, who="alice"),
        kind=kind, contract_id="ehhs-2024", contract_sha256="0" * 64, as_of=date(2024, 6, 30),
        language="da", state=state, asked_by=by, who="alice", summary=SAID, **decided, **out,
    )  # fmt: skip
    for form, content in forms.items():
        keep(made, form, content)


def fill(export: str) -> None:
    """Everything in one go; June is signed in the middle of it."""
    alice, dorte = user("alice", Role.CONTROLLER), user("dorte", Role.DIRECTOR)
    manager = user("poul", Role.PROGRAMME_MANAGER)
    run_import(path=Path(export), source="escrm", by=None)
    Press.objects.create(title=f"Portræt af {NAME}", published_on="2024-01-01", kind="case")
    zenobia = Person.objects.get(name=NAME)
    Guidance.objects.filter(person=zenobia).update(next_step=SAID)
    take_snapshot(date(2024, 5, 31))
    close_period(until=JUNE, signed="Dorte Holm", by=None)
    take_list(alice)
    effort = Effort.objects.create(goal="effort_digital", title="Digital")
    papers = {"referat.docx": word(), "liste.xlsx": sheet(), "program.pdf": pdf()}
    for name, content in papers.items():
        attach(effort=effort, file_name=name, content=content, about=None, by=manager)
    minutes = SAID.encode()
    ContractDocument.objects.create(
        contract_id="ehhs-2024", name="referat.txt", sha256=keep_document(minutes),
        size=len(minutes), media_type="text/plain", who="alice",
    )  # fmt: skip
    report("released", "monthly", alice, dorte, {"pdf": pdf(), "docx": word()})
    report("made", "board", alice, dorte, {"docx": word()})
    told = {"number": zenobia.pk, "figures": figures()}
    Path(settings.PEJL_BACKUPS).mkdir()
    say(told | {"backup": str(make_backup(Path(settings.PEJL_BACKUPS)).path)})


def take_list(by: User) -> None:
    """A list of attendees, and a packed one that nobody has taken in yet."""
    listed = Path(settings.DATA) / "uploads" / ("t" * 22) / "deltagere.csv"
    listed.parent.mkdir(parents=True)
    listed.write_text(f"Navn;Email;Status\n{NAME};{EMAIL};Deltog\nEva Ek;eva@ek.dk;Deltog\n")
    why = f"Listen kom sent fra {NAME}."
    take_in(event=Event.objects.get(), path=listed, otherwise="attended", by=by, reason=why)
    (listed.parent / "liste.zip").write_bytes(packed())


def figures() -> object:
    """The whole year as a program reads it, but for the number of the snapshot it is of."""
    told = json.loads(figures_of(contract_on(DECEMBER), ensure_snapshot(DECEMBER), DECEMBER))
    return {name: value for name, value in told.items() if name != "snapshot"}


def erase_again(number: str) -> None:
    """What stays, by its path in the hub; and what is proved when the person is gone."""
    first = Subject("person", int(number))
    stays = [
        [os.path.relpath(one.file, settings.DATA), one.kept.key, str(one.until or one.kept.until)]
        for one in staying(identity_of(closure(first)))
    ]
    case = erase(first=first, reason="Bad om det.", by=None)
    say({"stays": stays, "counts": case.counts} | proved())


def proved() -> dict[str, object]:
    """What is wrong with what was signed, whether the chain holds, and the figures."""
    faults = [c.fault for one in Close.objects.all() for c in verify(one.snapshot_id) if c.fault]
    return {"faults": faults, "chain": chain.verify().holds, "figures": figures()}


def restore(file: str) -> None:
    """As whoever looks after the hub does."""
    done = CliRunner().invoke(app, ["restore", file, "--replace"])
    say({"exit": done.exit_code, "said": done.output} | proved())


def say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told))


{"fill": fill, "erase": erase_again, "restore": restore}[sys.argv[1]](sys.argv[2])
