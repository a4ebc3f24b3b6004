from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from centers.enums import MailTime
from centers.forms import SoudanModelForm
from centers.models import MailPreference, User
from centers.periods import today


class SettingsForm(SoudanModelForm):
    class Meta:
        model = User
        fields = ["single_keys"]
        labels = {"single_keys": "1文字のキー(N、/ など)を使う"}
        help_texts = {
            "single_keys": "読み上げや音声入力で困るときは外してください。Ctrl と組み合わせるキーは残ります。"
        }


def me(request: HttpRequest) -> HttpResponse:
    """個人設定: one's own roles and keys, and the way to password, second step and sessions."""
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "個人設定を保存しました。")
        return redirect("centers:me")
    preference = MailPreference.objects.filter(user=request.user).first()
    context = {
        "form": form,
        "grants": request.user.grants.select_related("center__zone", "ward").order_by("-starts_on", "pk"),
        "on": today(),
        "mail_time": MailTime(preference.time if preference else MailTime.NONE).label,
        "mail_refused": preference and preference.refused_at,
    }
    return render(request, "me/index.html", context)
