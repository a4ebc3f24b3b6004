"""An office as the test finds it: run inside the environment of the web, prints the id of the client.

Names, numbers and notes here must stand in no log.
"""

from pathlib import Path

import django

LOGIN, PASSWORD, SECRET = "hanazono.rin", "とびうめ-7月の雨-42", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WORKER, FAMILY, GIVEN, KANA, PHONE = "花園 凛", "鯰田", "伊織", "ナマズタ", "096-555-7391"


def make() -> str:
    from allauth.mfa.totp.internal.auth import TOTP  # needs django.setup() first

    from centers.models import User
    from tests.factories import CaseFactory, ClientPhoneFactory, user_with

    user = user_with("soudan", "nishi")
    user.username, user.name = LOGIN, WORKER
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, SECRET)
    person = CaseFactory(
        client__family_name=FAMILY,
        client__given_name=GIVEN,
        client__family_kana=KANA,
        client__registered_by=User.objects.get(pk=user.pk),
    ).client
    ClientPhoneFactory(client=person, number=PHONE)
    return str(person.pk)


if __name__ == "__main__":
    django.setup()
    Path("/dev/stdout").write_text(make())
