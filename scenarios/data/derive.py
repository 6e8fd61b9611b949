"""Makes superstore-products.csv, superstore-levels.csv, supplements-zones.csv, supplements-lanes.csv and the tables of the studies,
most of them from the data beside this script.

Run it from anywhere: python3 scenarios/data/derive.py. It needs nothing but Python 3.11 or later.
"""

import csv
import datetime
import math
import random
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
SCENARIOS = HERE.parent

# Subcategory: vendor, weight of a unit in kilograms (an assumption of ours, typical of the kind of goods).
GOODS = {
    "Paper": ("paper-mill", 2.5),
    "Envelopes": ("paper-mill", 1.2),
    "Labels": ("paper-mill", 0.4),
    "Binders": ("stationer", 0.8),
    "Art": ("stationer", 0.3),
    "Fasteners": ("stationer", 0.2),
    "Supplies": ("stationer", 0.3),
    "Storage": ("furniture-works", 6.0),
    "Furnishings": ("furniture-works", 1.5),
    "Chairs": ("furniture-works", 12.0),
    "Tables": ("furniture-works", 25.0),
    "Bookcases": ("furniture-works", 22.0),
    "Appliances": ("appliance-house", 4.0),
    "Accessories": ("electronics-import", 0.3),
    "Phones": ("electronics-import", 0.6),
    "Machines": ("electronics-import", 9.0),
    "Copiers": ("electronics-import", 20.0),
}
UNIT_COST_SHARE = 0.62
PRICE_BANDS = 5
# A product asked for in so many lines or more is stocked in two places, the others in one.
LINES_FOR_TWO_PLACES = 10
# The reorder point covers a line of this quantile of the product's sizes, on top of the mean demand of a lead time.
LINE_SIZE_QUANTILE = 0.5

# Metropolitan centres of the zones of supplements.toml, by their names in us_cities_300.csv.
CENTRES = [
    ("New York City", "NY"), ("Los Angeles", "CA"), ("Chicago", "IL"), ("Houston", "TX"), ("Phoenix", "AZ"),
    ("Philadelphia", "PA"), ("San Antonio", "TX"), ("San Diego", "CA"), ("Dallas", "TX"), ("Jacksonville", "FL"),
    ("San Francisco", "CA"), ("Columbus", "OH"), ("Charlotte", "NC"), ("Indianapolis", "IN"), ("Seattle", "WA"),
    ("Denver", "CO"), ("Washington", "DC"), ("Boston", "MA"), ("Detroit", "MI"), ("Nashville", "TN"),
    ("Portland", "OR"), ("Las Vegas", "NV"), ("Kansas City", "MO"), ("Atlanta", "GA"), ("Miami", "FL"),
    ("Minneapolis", "MN"),
]
# Zones abroad: name, share of all orders, latitude, longitude.
ABROAD = [
    ("canada", 0.025, 43.70, -79.42),
    ("britain", 0.020, 51.51, -0.13),
    ("australia", 0.010, -33.87, 151.21),
    ("brazil", 0.005, -23.55, -46.63),
]

# Metropolitan areas of the studies: a place takes in the smaller ones within so many kilometres (50 miles); so many are kept.
METRO_KM = 80.5
METROS = 99
# The ring of the square-root law: so many zones, and the sites among which every equal division of it is found.
RING_ZONES = 40
RING_DIVISIONS = [1, 2, 4, 5, 8, 10]
# Demand that moves together: the correlations, days, and the mean and standard deviation of a zone's daily units.
CORRELATIONS = [0.0, 0.5, 1.0]
CORRELATED_DAYS, CORRELATED_MEAN, CORRELATED_SD = 1000, 100, 30

# The season's stock of the sourcing policies: so many products, and so many units of each in each centre.
SOURCED_CENTRES = ["harrisburg", "los-angeles", "dallas", "chicago", "atlanta"]
SOURCED_PRODUCTS, SOURCED_UNITS = 20, 36

# Lanes of supplements.toml: each zone is served by so many warehouses, the nearest ones.
LANES_OF_A_ZONE = 2
# Cost of a parcel over no distance, for each 1,000 km, and for crossing a border.
PARCEL_BASE, PARCEL_PER_1000_KM, PARCEL_ABROAD = 4.80, 1.30, 14.00
# Days of a parcel over no distance, and kilometres a day: by road at home, by air (and through customs) abroad.
AT_HOME_DAYS, AT_HOME_KM_PER_DAY = 1.0, 900.0
ABROAD_DAYS, ABROAD_KM_PER_DAY = 5.0, 2500.0


def superstore_products():
    """A row a product: price, cost, weight, vendor, substitutes."""
    products = {}
    with open(HERE / "superstore_orders.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            price = float(row["sales"]) / int(row["qty"])
            kind, best = products.get(row["sku"], (row["subcategory"], 0.0))
            products[row["sku"]] = (kind, max(best, price))
    by_kind = {}
    for sku, (kind, price) in products.items():
        by_kind.setdefault(kind, []).append((price, sku))
    band = {}
    for kind, priced in by_kind.items():
        priced.sort()
        for rank, (_, sku) in enumerate(priced):
            band[sku] = rank * PRICE_BANDS // len(priced) + 1
    with open(SCENARIOS / "superstore-products.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "vendor", "price", "unit_cost", "weight_kg", "substitutes"])
        for sku, (kind, price) in sorted(products.items()):
            vendor, weight = GOODS[kind]
            out.writerow(
                [sku, vendor, f"{price:.2f}", f"{price * UNIT_COST_SHARE:.2f}", weight, f"{kind.lower()}-{band[sku]}"]
            )


def superstore_levels():
    """A row a product and place that stocks it: reorder point and order-up-to level, by a planner's rule of thumb."""
    with open(SCENARIOS / "superstore.toml", "rb") as file:
        scenario = tomllib.load(file)
    places = {row["id"]: (row["lat"], row["lon"]) for row in scenario["warehouses"]}
    vendors = {row["id"]: row for row in scenario["vendors"]}
    holding_rate = scenario["costs"]["holding_rate"]
    with open(SCENARIOS / "superstore-zones.csv", newline="", encoding="utf-8") as file:
        zones = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}
    with open(SCENARIOS / "superstore-products.csv", newline="", encoding="utf-8") as file:
        products = {row["id"]: row for row in csv.DictReader(file)}
    home = {zone: min(places, key=lambda place: kilometres(places[place], at)) for zone, at in zones.items()}
    lines = {}
    with open(HERE / "superstore_orders.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lines.setdefault(row["sku"], []).append((home[row["state"]], int(row["qty"])))
    years = 1458 / 365
    with open(SCENARIOS / "superstore-levels.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["warehouse", "product", "reorder_point", "order_up_to"])
        for sku, asked in sorted(lines.items()):
            units = dict.fromkeys(places, 0)
            for place, quantity in asked:
                units[place] += quantity
            # Ties go to the warehouse that comes first in the scenario.
            stocked = sorted(places, key=lambda place: -units[place])[: 2 if len(asked) >= LINES_FOR_TWO_PLACES else 1]
            vendor = vendors[products[sku]["vendor"]]
            yearly = sum(units.values()) / years / len(stocked)
            sizes = sorted(quantity for _, quantity in asked)
            typical = sizes[math.ceil(LINE_SIZE_QUANTILE * len(sizes)) - 1]
            (shape,) = vendor["lead_time"].values()
            lead_time_days = int(shape["mean"].removesuffix("d"))
            reorder_point = math.ceil(typical + yearly * lead_time_days / 365) - 1
            holding = holding_rate * max(float(products[sku]["unit_cost"]), 0.01)
            lot = max(1, round(math.sqrt(2 * vendor["order_cost"] * yearly / holding)))
            # Not more than a year's demand of what is cheap to hold.
            lot = min(lot, max(1, math.ceil(yearly)))
            for place in places:
                if place in stocked:
                    out.writerow([place, sku, reorder_point, reorder_point + lot])


def kilometres(a, b):
    """Great-circle distance between two (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def supplements_zones():
    """26 zones at home by population, four abroad by hand."""
    with open(HERE / "us_cities_300.csv", newline="", encoding="utf-8") as file:
        cities = [(r["city"], r["state"], (float(r["lat"]), float(r["lon"])), int(r["population"])) for r in csv.DictReader(file)]
    places = {(city, state): place for city, state, place, _ in cities}
    population = dict.fromkeys(CENTRES, 0)
    for _, _, place, people in cities:
        nearest = min(CENTRES, key=lambda centre: kilometres(places[centre], place))
        population[nearest] += people
    at_home = 1.0 - sum(share for _, share, _, _ in ABROAD)
    total = sum(population.values())
    with open(SCENARIOS / "supplements-zones.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "share", "lat", "lon", "international"])
        for (city, state), people in population.items():
            lat, lon = places[(city, state)]
            name = "new-york" if city == "New York City" else city.lower().replace(" ", "-")
            out.writerow([name, f"{at_home * people / total:.4f}", f"{lat:.2f}", f"{lon:.2f}", "false"])
        for name, share, lat, lon in ABROAD:
            out.writerow([name, f"{share:.4f}", f"{lat:.2f}", f"{lon:.2f}", "true"])


def supplements_lanes():
    """A row for each zone and each of the warehouses nearest to it; transit to the nearest quarter of a day."""
    with open(SCENARIOS / "supplements.toml", "rb") as file:
        places = {row["id"]: (row["lat"], row["lon"]) for row in tomllib.load(file)["warehouses"]}
    with open(SCENARIOS / "supplements-zones.csv", newline="", encoding="utf-8") as file:
        zones = list(csv.DictReader(file))
    with open(SCENARIOS / "supplements-lanes.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["from", "to", "parcel_cost", "transit"])
        for zone in zones:
            at, abroad = (float(zone["lat"]), float(zone["lon"])), zone["international"] == "true"
            near = sorted((kilometres(place, at), name) for name, place in places.items())
            for distance, name in near[:LANES_OF_A_ZONE]:
                cost = PARCEL_BASE + PARCEL_PER_1000_KM * distance / 1000 + (PARCEL_ABROAD if abroad else 0.0)
                days = ABROAD_DAYS + distance / ABROAD_KM_PER_DAY if abroad else AT_HOME_DAYS + distance / AT_HOME_KM_PER_DAY
                quarters = round(days * 4)
                transit = f"{quarters // 4}d" + (f"{quarters % 4 * 6}h" if quarters % 4 else "")
                out.writerow([name, zone["id"], f"{cost:.2f}", transit])


def study_metros():
    """The largest metropolitan areas, once as zones with their people as shares, once as sites of warehouses."""
    with open(HERE / "us_cities_300.csv", newline="", encoding="utf-8") as file:
        places = [
            (f"{r['city']} {r['state']}", (float(r["lat"]), float(r["lon"])), int(r["population"]))
            for r in csv.DictReader(file)
        ]
    places.sort(key=lambda place: -place[2])
    metros = []
    while places:
        city, centre, _ = places[0]
        near = [place for place in places if kilometres(centre, place[1]) <= METRO_KM]
        metros.append((city.lower().replace(" ", "-").replace(".", ""), centre, sum(place[2] for place in near)))
        places = [place for place in places if place not in near]
    metros.sort(key=lambda metro: -metro[2])
    metros = metros[:METROS]
    assert len({name for name, _, _ in metros}) == METROS
    (SCENARIOS / "studies").mkdir(exist_ok=True)
    with open(SCENARIOS / "studies" / "metro-zones.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "share", "lat", "lon"])
        out.writerows([name, people, f"{lat:.2f}", f"{lon:.2f}"] for name, (lat, lon), people in metros)
    with open(SCENARIOS / "studies" / "metro-sites.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "lat", "lon"])
        out.writerows([name, f"{lat:.2f}", f"{lon:.2f}"] for name, (lat, lon), _ in metros)


def study_ring():
    """Forty zones around the equator; sites a degree east of some of them, so that no zone lies in the middle of two."""
    sites = sorted({at for n in RING_DIVISIONS for at in range(0, RING_ZONES, RING_ZONES // n)})
    degrees = lambda at: (at * 360 / RING_ZONES + 180) % 360 - 180
    with open(SCENARIOS / "studies" / "ring-zones.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "lat", "lon"])
        out.writerows([f"z{at:02}", 0, f"{degrees(at):.1f}"] for at in range(RING_ZONES))
    with open(SCENARIOS / "studies" / "ring-sites.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "lat", "lon"])
        out.writerows([f"w{at:02}", 0, f"{degrees(at) + 1:.1f}"] for at in sites)


def study_correlation():
    """A line a zone and day, of a normal number of units: a common part and one of the zone's own."""
    for correlation in CORRELATIONS:
        draw = random.Random(round(correlation * 100)).gauss
        rows, first = [], datetime.date(2024, 1, 1)
        for day in range(CORRELATED_DAYS):
            common = draw(0, 1)
            for zone in ["north", "east", "south", "west"]:
                score = math.sqrt(correlation) * common + math.sqrt(1 - correlation) * draw(0, 1)
                units = max(1, round(CORRELATED_MEAN + CORRELATED_SD * score))
                rows.append([len(rows) + 1, f"{first + datetime.timedelta(days=day)} 12:00", zone, "whey", units])
        name = f"correlation-{round(correlation * 100):02}.csv"
        with open(SCENARIOS / "studies" / name, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["order", "date", "zone", "product", "units"])
            out.writerows(rows)


def study_sourcing():
    """The ten largest metropolitan areas, and the same units of twenty products in each of five centres."""
    folder = SCENARIOS / "studies"
    with open(folder / "metro-zones.csv", newline="", encoding="utf-8") as file:
        largest = list(csv.reader(file))[:11]
    with open(folder / "sourcing-zones.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(largest)
    products = [f"p{number:02}" for number in range(1, SOURCED_PRODUCTS + 1)]
    with open(folder / "sourcing-products.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "price"])
        out.writerows([product, "30.00"] for product in products)
    with open(folder / "sourcing-stock.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["warehouse", "product", "units"])
        out.writerows([centre, product, SOURCED_UNITS] for centre in SOURCED_CENTRES for product in products)


if __name__ == "__main__":
    superstore_products()
    superstore_levels()
    supplements_zones()
    supplements_lanes()
    study_metros()
    study_ring()
    study_correlation()
    study_sourcing()
