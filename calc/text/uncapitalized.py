"""A label within a sentence."""


def uncapitalized(label: str) -> str:
    """The label with a small letter first, unless an abbreviation begins it.

    >>> uncapitalized("Unaudited AI code"), uncapitalized("AI at the core")
    ('unaudited AI code', 'AI at the core')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
