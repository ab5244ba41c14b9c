"""Prices of orders."""

from dataclasses import dataclass


@dataclass
class Line:
    amount: int
    price: float


def total(lines, discount=0.0):
    result = 0.0
    for line in lines:
        result += line.amount * line.price
    if discount > 0:
        result = result * (1 - discount)
    return round(result, 2)


def cheapest(lines):
    return min(lines, key=lambda line: line.price)
