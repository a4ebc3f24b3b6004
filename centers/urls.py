from django.urls import path

from centers.views import contracts, invitation, mail, me, notices
from centers.views import help as help_pages

app_name = "centers"
urlpatterns = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("help/", help_pages.index, name="help"),
    path("help/guide/<slug:slug>/", help_pages.guide, name="guide"),
    path("help/keys/", help_pages.keys, name="keys"),
    path("me/", me.me, name="me"),
    path("me/mail/", mail.mail, name="mail"),
    path("first-login/", invitation.first_login, name="first_login"),
    # お知らせ
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:pk>/open/", notices.notice_open, name="notice_open"),
]
