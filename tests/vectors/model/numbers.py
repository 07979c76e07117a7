"""Whole numbers: the range that every result stays in, splitting, rounding (RULES.md, head and section 3)."""

SIZE_MAX = 2**53 - 1
PIECE_MICRO = 1_000_000
ALL_BP = 10_000


class TooLarge(Exception):
    """A result left the range."""


def checked(number):
    """The number, when every JSON reader holds it exactly."""
    if abs(number) > SIZE_MAX:
        raise TooLarge
    return number


def times_bp(amount, rate_bp):
    """Amount times rate, rounded half away from zero."""
    product = amount * rate_bp
    half_up = (2 * abs(product) + ALL_BP) // (2 * ALL_BP)
    return half_up if product >= 0 else -half_up


def split(total, weights):
    """Parts in proportion to the weights: rounded down, the rest to the largest remainders."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
