"""How alike two short Chinese texts are, by the character pairs they share."""


def pairs(text: str) -> frozenset[str]:
    """Adjacent character pairs; a single character counts as itself."""
    return frozenset(text[index : index + 2] for index in range(len(text) - 1)) or frozenset(text)


def dice(one: str, other: str) -> float:
    """Sørensen-Dice coefficient over character pairs, 0 to 1 (Dice 1945)."""
    first, second = pairs(one), pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
