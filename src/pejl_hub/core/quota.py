"""How much a request may send: said before the first byte of it is kept anywhere."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Quota(FileUploadHandler):
    """Stands first among the upload handlers; keeps nothing itself.

    Files are written to disk while a request is read, which is before a view has asked who sends
    them. So whoever is not signed in sends no more than a form's worth, and the others no more than
    the largest room takes.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Refuse a request that says it is too long; a server reads no further than it says.

        Raises
        ------
        django.core.exceptions.RequestDataTooBig
            Which is answered with status 400.
        """
        if content_length > self._most():
            raise RequestDataTooBig(f"{content_length} bytes were announced.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand it on to the handlers that keep files."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing was kept here."""

    def _most(self) -> int:
        user = getattr(self.request, "user", None)
        if user is not None and user.is_authenticated:
            return int(settings.UPLOAD_MOST_BYTES)
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
