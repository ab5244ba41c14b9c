"""Prices of orders."""


class Line:
    def __init__(self, amount, price):
        self.amount = amount
        self.price = price


def total(lines, discount=0.0):
    result = 0.0
    for line in lines:
        result += line.amount * line.price
    if discount > 0:
        result = result * (1 - discount)
    return round(result, 2)


def cheapest(lines):
    return min(lines, key=lambda line: line.price)
