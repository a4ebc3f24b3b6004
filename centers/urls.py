from django.urls import path

from centers.views import contracts, districts, invitation, join, mail, me, notices, organizations
from centers.views import help as help_pages
from centers.views import organization_parts as parts
from centers.views.accounts import deeds, invitations, lists

app_name = "centers"
urlpatterns = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("districts/", districts.districts, name="districts"),
    path("districts/new/", districts.district_new, name="district_new"),
    path("districts/<uuid:pk>/end/", districts.district_end, name="district_end"),
    path("help/", help_pages.index, name="help"),
    path("help/guide/<slug:slug>/", help_pages.guide, name="guide"),
    path("help/keys/", help_pages.keys, name="keys"),
    path("me/", me.me, name="me"),
    path("me/mail/", mail.mail, name="mail"),
    path("first-login/", invitation.first_login, name="first_login"),
    path("invitation/", join.invitation, name="invitation"),
    # アカウント
    path("members/", lists.accounts, name="accounts"),
    path("members/invite/", invitations.account_invite, name="account_invite"),
    path("members/invitations/<uuid:pk>/", invitations.account_invitation, name="account_invitation"),
    path("members/grants/<uuid:pk>/end/", deeds.account_grant_end, name="account_grant_end"),
    path("members/<uuid:pk>/", lists.account, name="account"),
    path("members/<uuid:pk>/stop/", deeds.account_stop, name="account_stop"),
    path("members/<uuid:pk>/start/", deeds.account_start, name="account_start"),
    path("members/<uuid:pk>/sessions/", deeds.account_sessions, name="account_sessions"),
    path("members/<uuid:pk>/password/", deeds.account_password, name="account_password"),
    path("members/<uuid:pk>/second-step/", deeds.account_second_step, name="account_second_step"),
    path("members/<uuid:pk>/grants/new/", deeds.account_grant, name="account_grant"),
    path("members/<uuid:pk>/move/", deeds.account_move, name="account_move"),
    # 関係機関
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/new/", organizations.organization_new, name="organization_new"),
    path("organizations/twins/", parts.organization_twins, name="organization_twins"),
    path("organizations/choices/", parts.organization_choices, name="organization_choices"),
    path("organizations/names/", parts.organization_names, name="organization_names"),
    path("organizations/<uuid:pk>/", organizations.organization, name="organization"),
    path("organizations/<uuid:pk>/edit/", organizations.organization_edit, name="organization_edit"),
    path("organizations/<uuid:pk>/check/", organizations.organization_check, name="organization_check"),
    path("organizations/<uuid:pk>/close/", organizations.organization_close, name="organization_close"),
    path("organizations/<uuid:pk>/people/new/", parts.person_new, name="organization_person_new"),
    path("organizations/people/<uuid:pk>/", parts.person_edit, name="organization_person_edit"),
    # お知らせ
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:pk>/open/", notices.notice_open, name="notice_open"),
]
