from random import Random
from uuid import UUID


def seeded_uuid(rng: Random) -> UUID:
    """A random UUID that the same seed gives again."""
    return UUID(int=rng.getrandbits(128), version=4)
