import pytest

from tests.factories import ClientFactory, StaffAssignmentFactory, StaffMemberFactory, center, user_with


@pytest.fixture
def west(db, on):
    """西 on 2026-11-20: its センター管理者, the staff member 見本 職員, and the clients K-1 and K-2."""
    manager = user_with("kanri", "nishi")
    west = center("nishi")
    StaffAssignmentFactory(center=west, staff=StaffMemberFactory(name="見本 職員"))
    for number in ("K-1", "K-2"):
        ClientFactory(center=west, number=number, registered_by=manager)
    return west
