"""The login package's pages that we use, one by one: what is not listed here is not open (no sign-up, no mail)."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from centers.views.account import RecoveryCodes, SessionList, SetUpSecondStep, with_second_step

urlpatterns = [
    path("login/", account.login, name="account_login"),
    # Open to all: after an ended session the button must not ask to log in first.
    path("logout/", login_not_required(account.logout), name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("login/code/", mfa.authenticate, name="mfa_authenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/", SetUpSecondStep.as_view(), name="mfa_activate_totp"),
    path("second-step/app/remove/", with_second_step(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-step/codes/", with_second_step(RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "second-step/codes/file/",
        with_second_step(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("sessions/", SessionList.as_view(), name="usersessions_list"),
]
