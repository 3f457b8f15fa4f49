"""What the signatures on a recall case say."""

from app.ui.language import Caption, spoken


def meaning(key: str) -> Caption:
    """What a signature says."""
    return spoken(f"recalls.meaning.{key}")
