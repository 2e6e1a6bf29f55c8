def total(lines):
    """The sum of price times quantity, in cents exact enough for a bill."""
    return round(sum(line["price"] * line["qty"] for line in lines), 2)
