"""How files come in: held in memory, never on a disk in plain, and never more than the ceiling of one request."""

import io

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Upload(UploadedFile):
    """A file as it came; `whole` says whether all of it was kept."""

    whole = True


class BoundedUpload(FileUploadHandler):
    """Keeps FILE_UPLOAD_MAX_MEMORY_SIZE bytes of a request's files; what comes beyond is counted and dropped.

    The file's `size` is what came, so that a form can say how much was too large.
    """

    chunk_size = 64 * 1024

    def __init__(self, request=None):
        super().__init__(request)
        self.kept = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file, self.cut = io.BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.cut = True
        else:
            self.kept += len(raw_data)
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Upload:
        self.file.seek(0)
        upload = Upload(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )
        upload.whole = not self.cut
        return upload
