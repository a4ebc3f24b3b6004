"""フェイスシート: what stands in it, and how it reads."""

from cases.face_sheet.reading import Sheet, sheet_of

__all__ = ["Sheet", "sheet_of"]
