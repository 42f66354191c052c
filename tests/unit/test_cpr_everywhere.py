"""What looks like a CPR number is refused in every field that holds what people or files say.

The fields are found by looking at the models and forms themselves: a new one that has no validator
fails here until it has one, or until a line below says why no person's text ever stands in it.
"""

import importlib
import pkgutil
import zipfile
from types import SimpleNamespace

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import translation

import pejl_hub
from pejl.base.errors import UserError
from pejl_hub.contracts.actions.documents import keep_document
from pejl_hub.contracts.models import ContractDocument
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.text import refuse_cpr
from pejl_hub.sources import reasons, uploads
from pejl_hub.sources.mapping import load_mapping
from pejl_hub.sources.reading.place import open_sheets
from pejl_hub.sources.reading.sheet import Form
from pejl_hub.sources.reasons import Refused
from pejl_hub.sources.registry import SOURCES

NUMBER = "251299-1234"
NAMED = f"referat {NUMBER}.pdf"
SENTENCE = "CPR-numre gemmes aldrig"

# By the field's name: what Pejl itself writes in them. No form and no import fills them from text.
MADE_HERE = {
    "hashes and secrets": "source_hash file_sha256 sha256 archive_sha256 snapshot_sha256 "
    "contract_sha256 address_hash token_hash cancel_hash row_hash person_key nonce token code "
    "password message_id since digest",
    "who did it: a user's name, or that of a command": "who by recorded_by segment_judged_by "
    "writer approver opened_by withdrawn_by undone_by linked_by matched_by signed username "
    "first_name last_name",
    "what a browser says of itself, of which two words are kept": "accounts.SignedIn.device",
    "names in the program": "listing query action object_type object_id table table_name source "
    "goal check_name contract subject snapshot_id code_version key name_key first second "
    "contract_id what method scopes light side state status region period month "
    "privacy.Case.kind privacy.RetentionRule.category privacy.RetentionRun.rules",
    "a figure in words": "narrative.Comment.figure",
    "labels of records, which were refused where they were typed": "gone_label kept_label "
    "recipient_before to_name details facts changes before moved",
    "codes that are chosen from a list": "industry guidance.Guidance.team "
    "interpretations.Decision.question interpretations.Decision.reading "
    "referrals.Referral.reason",
    "a contract's file, refused where it is taken in, and what Pejl reads from it": "media_type "
    "contracts.ContractVersion.hub contracts.ContractVersion.text saved_by recorder",
    "numbers of rows in a source, refused where they are read": "source_id",
    "letters and consents that Pejl itself words": "consent to body",
    "the name of a request, refused where it is sent": "api.Answered.name",
    "an address that the identity provider or an administrator gives": "accounts.User.email",
    "the import's own account; cells are hidden before they are kept": "counts reasons account "
    "refused error remainder path file_name reached content answer candidates "
    "counted_column counted_from licence",
}
# Fields of forms that hold no text of a person: numbers, choices, words to look for.
NO_TEXT = {
    "passwords and codes of the second step, of which hashes are kept or nothing": "old_password "
    "new_password1 new_password2 password1 password2 password code username",
    "a CVR number, whose check digit is looked at": "cvr",
    "a number, a day or a month, read as such": "value n asked measured_on interval_low "
    "interval_high period_from period_to",
    "a key that the page itself gave, looked up among those on record": "client ny token seen "
    "municipality priority_area code",
    "words to look for, which are not stored": "q branche who",
}


def _names(table):
    return {name for names in table.values() for name in names.split()}


def _refused(field, text):
    """Whether the field refuses the text for what it looks like."""
    try:
        field.run_validators(text)
    except ValidationError as error:
        return any(one.code == "cpr" for one in error.error_list)
    return False


def _probe(field):
    """The number inside something that the field's other rules allow."""
    kind = type(field).__name__
    if "Email" in kind or field.__dict__.get("name") == "email":
        return f"{NUMBER}@example.dk"
    return f"https://example.dk/{NUMBER}" if "URL" in kind else NUMBER


def _room(field):
    return field.max_length is None or field.max_length >= len(NUMBER)


def model_fields():
    ours = (model for model in apps.get_models() if model.__module__.startswith("pejl_hub"))
    return {
        f"{model._meta.label}.{field.name}": field
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not {field.name, f"{model._meta.label}.{field.name}"} & _names(MADE_HERE)
        and _room(field)
    }


def form_fields():
    for found in pkgutil.walk_packages(pejl_hub.__path__, "pejl_hub."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    return {
        f"{form.__module__}.{form.__name__}.{name}": (form, name, field)
        for form in _below(forms.BaseForm)
        if form.__module__.startswith("pejl_hub")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and name not in _names(NO_TEXT) and _room(field)
    }


def _below(kind):
    return {one for below in kind.__subclasses__() for one in (below, *_below(below))}


def _of_model(form, name):
    """The model's field of the same name, which a model form looks at when it is sent."""
    model = getattr(getattr(form, "_meta", None), "model", None)
    held = name in (getattr(form._meta, "fields", None) or ()) if model else False
    return model._meta.get_field(name) if held else None


def test_every_text_of_every_model_refuses_what_looks_like_a_cpr_number():
    fields = model_fields()
    assert len(fields) > 40
    assert [name for name, field in fields.items() if not _refused(field, _probe(field))] == []


def test_every_text_of_every_form_refuses_what_looks_like_a_cpr_number():
    fields = form_fields()
    assert len(fields) > 40
    open_ones = [
        called
        for called, (form, name, field) in fields.items()
        if not _refused(field, _probe(field))
        and not ((kept := _of_model(form, name)) and _refused(kept, _probe(field)))
    ]
    assert open_ones == []


def file_fields():
    form_fields()  # every form is loaded then
    return {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in _below(forms.BaseForm)
        if form.__module__.startswith("pejl_hub")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField)
    }


def named(name, content=b"x"):
    return SimpleUploadedFile(name, content)


def test_every_file_of_every_form_refuses_a_name_that_looks_like_one():
    fields = file_fields()
    assert len(fields) >= 6
    assert [name for name, field in fields.items() if not _refused(field, named(NAMED))] == []
    assert [name for name, field in fields.items() if _refused(field, named("referat.pdf"))] == []


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def test_an_upload_with_such_a_name_is_refused_and_not_kept(data):
    with pytest.raises(uploads.BadUploadError) as refused, translation.override("da"):
        uploads.keep([named(f"{NUMBER}.csv")])
    with translation.override("da"):
        assert SENTENCE in str(refused.value)
    assert not (data / "uploads").exists()
    assert uploads.find(uploads.keep([named("deltagere.csv")])).name == "deltagere.csv"


def packed(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "Navn\nEva Ek\n")
    return path


def test_a_file_with_such_a_name_is_not_read_alone_in_a_folder_or_packed(tmp_path):
    good = packed(tmp_path / "liste.zip", "deltagere.csv")
    with open_sheets(good, Form()) as sheets:
        assert len(sheets) == 1
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / f"{NUMBER}.csv").write_text("Navn\n")
    alone = tmp_path / f"liste {NUMBER}.csv"
    alone.write_text("Navn\n")
    for path in (packed(tmp_path / "b.zip", f"{NUMBER}.csv"), tmp_path / "folder", alone):
        with pytest.raises(UserError), open_sheets(path, Form()):
            pass


@pytest.mark.django_db
def test_the_words_of_a_text_that_a_contract_quotes_are_refused_with_one(data):
    def keep(said):
        return keep_document(contract_id="x", name="referat.txt", content=said.encode(), by=None)

    with pytest.raises(UserError):
        keep(f"Til stede: Bo, {NUMBER}.")
    assert not ContractDocument.objects.exists()
    assert not (data / "contracts").exists()
    keep("Til stede: Bo, journal 2024-1234.")
    assert ContractDocument.objects.count() == 1


def test_a_new_field_without_the_validator_is_noticed():
    class Nickname(forms.Form):
        nickname = forms.CharField()
        spoken = forms.CharField(validators=[refuse_cpr])

    assert not _refused(Nickname.base_fields["nickname"], NUMBER)
    assert _refused(Nickname.base_fields["spoken"], NUMBER)


def test_every_sentence_says_why(settings):
    with pytest.raises(ValidationError) as refused, translation.override("da"):
        refuse_cpr(NUMBER)
    with translation.override("da"):
        assert SENTENCE in str(refused.value.messages)
        assert SENTENCE in in_words(reasons.NO_CPR)


@pytest.mark.parametrize("source", ["escrm", "linkedin", "meta", "visninger"])
def test_every_text_of_every_source_that_is_imported_refuses_it(source):
    context = SimpleNamespace(mapping=load_mapping(source), municipalities={})
    for kind in SOURCES[context.mapping.reader]:
        mapping = context.mapping.files.get(kind.id)
        for column in kind.columns if mapping else ():
            with pytest.raises(Refused):
                column.reader(context, mapping)(NUMBER)
