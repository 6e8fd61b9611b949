"""Makes products.csv of the shop beside this script: 300 made-up products. Nothing in it is anybody's data.

Run it from anywhere: python3 scenarios/shop/derive.py. It needs nothing but Python 3; its draws are its own, so that every version
of Python makes the same file.
"""

from pathlib import Path

# Group: vendor, how many products, mean price, share of the price that they cost, kilograms a unit, share of the demand.
GROUPS = {
    "coffee": ("roastery", 60, 14.0, 0.55, 0.6, 0.34),
    "tea": ("tea-house", 70, 9.0, 0.45, 0.2, 0.24),
    "filter": ("paper-mill", 30, 5.0, 0.50, 0.2, 0.14),
    "mug": ("pottery", 50, 12.0, 0.40, 0.5, 0.12),
    "pot": ("pottery", 30, 34.0, 0.55, 1.2, 0.05),
    "kettle": ("pottery", 20, 58.0, 0.60, 1.6, 0.04),
    "grinder": ("roastery", 20, 75.0, 0.62, 1.9, 0.03),
    "gift": ("tea-house", 20, 29.0, 0.50, 0.9, 0.04),
}


def draws(seed):
    """Numbers between 0 and 1 of a linear congruential generator (Knuth's MMIX)."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def main():
    draw = draws(7)
    rows = []
    for group, (vendor, count, price, cost, weight, share) in GROUPS.items():
        # Popularity within a group by Zipf's law; two thirds of the exponent that best sellers of books have.
        weights = [(rank + 1) ** -0.8 for rank in range(count)]
        for rank, part in enumerate(weights):
            own = round(price * (0.6 + 0.8 * next(draw)), 1)
            rows.append(
                (
                    f"{group}-{rank + 1:02}",
                    vendor,
                    f"{own:.2f}",
                    f"{own * cost:.2f}",
                    f"{weight * (0.7 + 0.6 * next(draw)):.2f}",
                    f"{1000 * share * part / sum(weights):.3f}",
                    f"{group}-{rank // 5 + 1}" if group in ("coffee", "tea", "mug", "filter") else "",
                )
            )
    lines = ["id,vendor,price,unit_cost,weight_kg,share,substitutes"] + [",".join(row) for row in rows]
    (Path(__file__).parent / "products.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
