from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from centers.enums import MailTime
from centers.fields import MailAddressField
from centers.forms import SoudanForm
from centers.models import MailPreference
from centers.notice_mail import set_preference


class MailForm(SoudanForm):
    email = MailAddressField(
        required=False,
        help_text="受け取るときに入れます。",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    time = forms.ChoiceField(label="いつ受け取りますか", choices=MailTime.choices, widget=forms.RadioSelect)

    def clean(self):
        cleaned = super().clean()
        wants = cleaned.get("time") not in (None, MailTime.NONE)
        if wants and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "メールアドレスが空です。受け取るときは入れてください。")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """お知らせをメールでも受け取る: one's own address and time."""
    preference = MailPreference.objects.filter(user=request.user).first()
    initial = {"email": request.user.email, "time": preference.time if preference else MailTime.NONE}
    form = MailForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        facts = form.cleaned_data
        set_preference(by=request.user, email=facts["email"], time=MailTime(facts["time"]))
        messages.success(request, "メールの受け取り方を保存しました。")
        return redirect("centers:me")
    context = {"form": form, "preference": preference, "mail_works": settings.SOUDAN_MAIL}
    return render(request, "me/mail.html", context, status=422 if form.is_bound else 200)
