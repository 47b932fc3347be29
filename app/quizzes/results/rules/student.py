"""Student's t distribution, which says what few observations can be trusted with."""

from functools import cache
from math import exp, lgamma, log, sqrt

_STEPS, _CLOSE, _TINY = 300, 1e-14, 1e-300


def two_sided(t: float, freedom: int) -> float:
    """The chance (0..1) of a t at least so far from 0 when there is no difference."""
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


@cache
def quantile(inside: float, freedom: int) -> float:
    """The t between whose negative and itself the share `inside` (0..1) of all values lies."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        if 1 - two_sided(middle, freedom) < inside:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def interval(mean: float, variance: float, n: int, inside: float = 0.95) -> tuple[float, float]:
    """Where the mean of all people lies, given that of `n` of them and their variance."""
    reach = quantile(inside, n - 1) * sqrt(max(0.0, variance) / n)
    return mean - reach, mean + reach


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function. Source: its continued fraction, DLMF 8.17.22."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """By the modified method of Lentz."""
    c, d = 1.0, _inverse(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for part in (even, odd):
            d, c = _inverse(1 + part * d), 1 + part / (c or _TINY)
            value *= c * d
        if abs(value - before) < _CLOSE * abs(value):
            break
    return value


def _inverse(value: float) -> float:
    return 1 / (value if abs(value) > _TINY else _TINY)
