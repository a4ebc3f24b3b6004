"""What every file and print of a demo says on top."""

from django.conf import settings

SAMPLE = "架空: 人物・件数・センターの状況はすべて架空のサンプルです。"


def sample_lines() -> list[str]:
    """One line in the demo, none elsewhere."""
    return [SAMPLE] if settings.SOUDAN_DEMO else []
