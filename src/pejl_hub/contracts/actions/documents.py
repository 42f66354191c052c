"""Taking in a contract's documents: the texts that its file quotes, minutes and letters."""

from collections.abc import Mapping
from pathlib import Path, PurePath

from django.conf import settings

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of
from pejl_hub.contracts import files
from pejl_hub.contracts.models import ContractDocument, ContractVersion, State
from pejl_hub.contracts.names import names_in, require_name
from pejl_hub.core.packed import member_names
from pejl_hub.core.text import looks_like_cpr

MOST_BYTES = 20 * 1024**2
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {".pdf": "application/pdf", ".docx": DOCX, ".txt": "text/plain; charset=utf-8"}


def keep_document(
    *, contract_id: str, name: str, content: bytes, by: User | None, path: str | None = None
) -> ContractDocument:
    """Keep a PDF, a Word document or a text; the same file of the same contract is kept once.

    Raises
    ------
    UserError
        When it is empty or above 20 MB, its content is not what its name says, or its name, or
        the words of a text, hold a CPR number.
    """
    name = PurePath(name.replace("\\", "/")).name[-200:]
    media_type = _type_of(name, content)
    _require_no_cpr(media_type, content)
    kept = {
        "contract_id": contract_id,
        "name": name,
        "path": path,
        "sha256": files.sha256_of(content),
    }
    found = ContractDocument.objects.filter(**kept).first()
    if found is not None and files.document(found.sha256) is not None:
        return found
    files.keep_document(content)
    more = {
        "size": len(content),
        "media_type": media_type,
        "who": name_of(by),
    }
    return found or ContractDocument.objects.create(**kept, **more)


def _require_no_cpr(media_type: str, content: bytes) -> None:
    """Of a text, which is read anyway; PDF and Word are not opened."""
    if media_type.startswith("text/") and looks_like_cpr(content.decode("utf-8", errors="ignore")):
        raise UserError(
            given=phrase("a text that looks as if it holds a CPR number"),
            needed=phrase("a text without one: CPR numbers are never stored"),
            remedy=phrase("Take the number out of the text."),
        )


def keep_texts(
    *, contract_id: str, yaml: bytes, texts: Mapping[str, bytes], by: User | None
) -> set[str]:
    """Keep the texts that a contract's file names: those given, else those beside the house's own.

    ``texts`` are by the path in the file, or by its last part. Names in the file whose text is
    nowhere are left for the rules to speak of. Returns every name.

    Raises
    ------
    UserError
        When a text that an adopted version quotes is given with other content.
    """
    names = names_in(yaml)
    for name in sorted(names):
        content = texts.get(name, texts.get(PurePath(name).name))
        known = ContractDocument.objects.filter(path=name).first()
        if content is None and known is None:
            content = _shipped(name)
        if content is not None and (known is None or known.sha256 != files.sha256_of(content)):
            _make_way(name, known)
            keep_document(
                contract_id=contract_id, name=PurePath(name).name, content=content, by=by, path=name
            )
    return names


def _shipped(name: str) -> bytes | None:
    require_name(name)
    path = Path(settings.CONTRACTS) / name
    return path.read_bytes() if path.is_file() else None


def _make_way(name: str, known: ContractDocument | None) -> None:
    """A text that only drafts quote may be replaced; the old one stays without the path."""
    if known is None:
        return
    adopted = ContractVersion.objects.filter(state=State.ADOPTED, text__contains=name)
    if any(name in names_in(version.yaml) for version in adopted):
        raise UserError(
            given=phrase(
                "another text under the name {name}, which an adopted contract quotes", name=name
            ),
            needed=phrase("a text with a name of its own"),
            remedy=phrase("Give the text another name, also in the contract's file."),
        )
    known.path = None
    known.save(update_fields=["path"])


def _type_of(name: str, content: bytes) -> str:
    if looks_like_cpr(name):
        raise _refused(
            phrase("a file name with a CPR number"), phrase("Give the file another name.")
        )
    if not content or len(content) > MOST_BYTES:
        size = f"{len(content) / 1024**2:.1f}".replace(".", ",")
        raise _refused(
            phrase("a file of {size} MB", size=size),
            phrase("Choose a file with content, of at most 20 MB."),
        )
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES or not LOOKS[ending](content):
        raise _refused(
            phrase("the file {name}, which is none of them", name=name),
            phrase("Save it as PDF, DOCX or text."),
        )
    return TYPES[ending]


def _is_docx(content: bytes) -> bool:
    """A Word document is a packed file with a document in it, and without macros."""
    inside = member_names(content)
    macros = any(name.lower().endswith("vbaproject.bin") for name in inside)
    return "word/document.xml" in inside and not macros


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


LOOKS = {".pdf": lambda content: content.startswith(b"%PDF-"), ".docx": _is_docx, ".txt": _is_text}


def _refused(given: str, remedy: str) -> UserError:
    return UserError(
        given=given,
        needed=phrase("a PDF, a Word document (DOCX) or a text of at most 20 MB"),
        remedy=remedy,
    )
