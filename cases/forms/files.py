import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat

from cases.models import Consultation
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, WarekiDateField
from centers.filetypes import ACCEPTED, ENDINGS, FileLimits, FileRefused, FileType, file_type
from centers.forms import SoudanForm
from centers.periods import wareki_short

NAME_LIMIT = 200
RECORDS_OFFERED = 20


class _PaperForm(SoudanForm):
    """`labels` as code_labels gives them; `token` makes a form that is sent twice one entry."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **{"initial": {"token": uuid.uuid4()}} | kwargs)
        self.fields["kind"].choices = [("", "選んでください"), *screen_choices(labels[CodeList.PAPER])]


class AttachmentForm(_PaperForm):
    """One file, judged by its content. After is_valid: `content`, `type`, and cleaned_data["file"].name."""

    file = forms.FileField(label="ファイル", widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}))
    kind = forms.ChoiceField(label="種類")
    dated_on = WarekiDateField(label="文書の日付", required=False, allow_future=False)
    consultation = forms.ChoiceField(label="どの相談の文書か", required=False)
    note = LineField(label="メモ", limit=200, required=False)
    marked_optional = ("dated_on", "consultation", "note")

    content: bytes
    type: FileType

    def __init__(self, *args, limits: FileLimits, records: Iterable[Consultation], labels, **kwargs):
        super().__init__(*args, labels=labels, **kwargs)
        self.limits = limits
        self.records = {str(record.pk): record for record in records}
        field = self.fields["file"]
        field.help_text = f"{ACCEPTED}。{filesizeformat(limits.file_bytes)}まで。"
        field.error_messages |= {
            "required": "ファイルが選ばれていません。選んでください。",
            "missing": "ファイルが選ばれていません。選んでください。",
            "empty": "中身が空のファイルです。もとのファイルを確かめて、選び直してください。",
        }
        self.fields["consultation"].choices = [
            ("", "どれでもない"),
            *((pk, _record_label(record, labels)) for pk, record in self.records.items()),
        ]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > self.limits.file_bytes or not getattr(upload, "whole", True):
            raise forms.ValidationError(
                f"ファイルが大きすぎます({filesizeformat(upload.size)})。{filesizeformat(self.limits.file_bytes)}までです。"
                "画像を小さくするか、分けて添付してください。"
            )
        if len(upload.name) > NAME_LIMIT:
            raise forms.ValidationError(
                f"ファイルの名前が長すぎます。{NAME_LIMIT}字までにして、選び直してください。"
            )
        self.content = upload.read()
        try:
            self.type = file_type(self.content, upload.name, self.limits)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return upload

    def entry(self) -> dict[str, Any]:
        """What attach takes of the form."""
        given = self.cleaned_data
        return {
            "pk": given["token"],
            "data": self.content,
            "name": given["file"].name,
            "file_type": self.type,
            "kind": given["kind"],
            "dated_on": given["dated_on"],
            "note": given["note"],
            "consultation": self.records.get(given["consultation"]),
        }


class PaperForm(_PaperForm):
    """A paper that is kept outside."""

    kind = forms.ChoiceField(label="種類")
    what = LineField(label="文書", limit=100, help_text="例: 療育手帳の原本")
    place = LineField(label="置き場所", limit=100, help_text="例: 相談室の鍵付き書庫 2段目")
    count = forms.IntegerField(label="部数", min_value=1, max_value=999, initial=1)
    since = WarekiDateField(label="受け取った日", allow_future=False)
    note = LineField(label="メモ", limit=200, required=False)
    marked_optional = ("note",)

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"pk": given.pop("token")} | given


class HandedForm(SoudanForm):
    to = LineField(label="渡した・返した相手", limit=100, help_text="例: 本人、○○事業所")
    day = WarekiDateField(label="渡した・返した日", allow_future=False)


class PaperVoidForm(SoudanForm):
    reason = LineField(label="理由", limit=200)


def _record_label(record: Consultation, labels) -> str:
    entry = labels[CodeList.METHOD].get(record.method)
    return f"{wareki_short(record.date)} {entry.short_label if entry else record.method}"
