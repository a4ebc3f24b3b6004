"""Keys made from SECRET_KEY, one for each purpose, so that no two uses of it share anything."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def fernet(purpose: str) -> MultiFernet:
    """Encrypts with the key of SECRET_KEY; opens also what SECRET_KEY_FALLBACKS have encrypted."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(purpose, secret)) for secret in secrets])


def _key(purpose: str, secret: str | bytes) -> bytes:
    digest = hashlib.sha256(b"kumamoto_soudan." + purpose.encode() + b":" + force_bytes(secret)).digest()
    return base64.urlsafe_b64encode(digest)
