"""How often each item of the specification occurs in the cases."""

from collections import Counter

TIMES_MIN = 10
BEGIN, END = "<!-- coverage -->", "<!-- end of coverage -->"
FIELDS = "product brand category outlet partner country city role segment evidence currency".split()
ITEMS = {
    "trigger": "sale payment event joined quiet anniversary".split(),
    "effect": "per_unit per_amount percent multiply fixed every per_measure levels".split(),
    "inner effect of levels": "per_unit per_amount percent fixed every per_measure".split(),
    "gives": "bonus discount".split(),
    "rate": "flat banded".split(),
    "who": "buyer seller actor owner shop staff referrer".split(),
    "predicate": "all any not is absent between lesson tier referred".split(),
    "is": FIELDS,
    "absent": FIELDS,
    "number": "quantity_micro amount_minor basket_minor value weekday minute tally".split(),
    "limit per": "person outlet partner rule".split(),
    "window": "days day week month year ever".split(),
    "maximum": "points_max times_max both".split(),
    "bound": "budget gross_up liability".split(),
    "counts": "times pieces amount_minor value points".split(),
    "subject": "buyer seller actor outlet partner programme".split(),
    "credit": "now after_return_window when_paid next_month".split(),
    "terms": "funder budget expires_days group starts_ms ends_ms".split(),
    "step": ("per_unit per_amount percent fixed every per_measure boost multiplier level part staff_part capped inner").split(),
    "capped by": "person outlet partner rule budget liability".split(),
    "waits for": ("server_resolves_member server_checks_lesson server_checks_person server_checks_outlet server_checks_tally server_checks_tier "
                  "server_checks_referral server_checks_limit server_checks_budget server_checks_liability server_checks_staff").split(),
    "why not": ("not_yet over not_met limit_reached budget_spent liability_reached better_rule no_rate below_step nobody_there").split(),
    "not met": [*FIELDS, *"quantity amount basket value weekday minute tally lesson tier referred".split(), "no leaf"],
    "answer": "award discount tally note error".split(),
    "note": "unknown_product of a discount".split(" ", 1),
    "award of": "buyer seller actor owner shop staff referrer".split(),
    "level": "1 2 3 4 5".split(),
}


def name_of(value):
    return next(iter(value)) if isinstance(value, dict) else value


def predicates(predicate, counter):
    (name, body), = predicate.items()
    counter["predicate", name] += 1
    for part in body if name in ("all", "any") else [body] if name == "not" else []:
        predicates(part, counter)
    if name == "is":
        counter["is", body["field"]] += 1
    if name == "absent":
        counter["absent", body] += 1
    if name == "between":
        counter["number", name_of(body["number"])] += 1


def effects(effect, counter, kind="effect"):
    (name, body), = effect.items()
    counter[kind, name] += 1
    if name == "percent":
        counter["gives", body["gives"]] += 1
        counter["rate", name_of(body["rate"])] += 1
    if name == "levels":
        effects(body["of"], counter, "inner effect of levels")


def of_rules(rules, counter):
    for rule in rules.get("rules", []):
        effects(rule["effect"], counter)
        predicates(rule.get("when", {"all": []}), counter)
        counter["credit", name_of(rule.get("credit", "now"))] += 1
        counter.update(("who", share["who"]) for share in rule["to"])
        counter.update(("terms", name) for name in ITEMS["terms"] if name in rule)
        for limit in rule.get("limits", []):
            both = {"points_max", "times_max"} <= limit.keys()
            counter["limit per", limit["per"]] += 1
            counter["window", name_of(limit["within"])] += 1
            counter["maximum", "both" if both else "points_max" if "points_max" in limit else "times_max"] += 1
        counter["bound", "budget"] += "budget" in rule
    for tally in rules.get("tallies", []):
        counter["counts", tally["counts"]] += 1
        counter["subject", tally["subject"]] += 1
        counter["window", name_of(tally["within"])] += 1
    counter["bound", "gross_up"] += any("gross_up_bp" in one for one in rules.get("budgets", []))
    counter["bound", "liability"] += "liability_points_max" in rules.get("limits", {})


def of_answer(answer, counter):
    counter["answer", "error"] += "error" in answer
    for name, key in (("award", "awards"), ("discount", "discounts"), ("tally", "tallies"), ("note", "notes")):
        counter["answer", name] += len(answer.get(key, []))
    for award in answer.get("awards", []):
        counter["award of", award["who"]] += 1
        counter["level", str(award["level"])] += 1
        counter.update(("waits for", reason["code"]) for reason in award["pending"])
        for step in award["derivation"]:
            counter["step", step["step"]] += 1
            counter["step", "inner"] += "inner" in step["params"]
            if step["step"] == "capped":
                counter["capped by", step["params"]["by"]] += 1
    for reason in answer.get("why_not", []):
        counter["why not", reason["code"]] += 1
        if reason["code"] == "not_met":
            counter["not met", reason["params"]["field"] or "no leaf"] += 1
    for note in answer.get("notes", []):
        counter["note", "unknown_product" if note["code"] == "unknown_product" else "of a discount"] += 1


def count(cases):
    counter = Counter()
    for case in cases:
        event = case["input"]["event"]
        counter["trigger", name_of(event.get("trigger", ""))] += 1
        of_rules(case["input"]["rules"], counter)
        of_answer(case["answer"], counter)
    return counter


def rare(cases):
    """Items that occur less often than they must."""
    counter = count(cases)
    return [f"{kind} {item}: {counter[kind, item]}" for kind, items in ITEMS.items() for item in items
            if counter[kind, item] < TIMES_MIN]


def table(by_hand, generated):
    """A Markdown table: item, times by hand, times generated."""
    first, second = count(by_hand), count(generated)
    rows = ["", "| what | item: by hand, generated |", "|---|---|"]
    for kind, items in ITEMS.items():
        shown = "; ".join(f"`{item}` {first[kind, item]}, {second[kind, item]}" for item in items)
        rows.append(f"| {kind} | {shown} |")
    return "\n".join(rows)


def write(readme, by_hand, generated):
    """Puts the table between its marks in the read-me."""
    text = readme.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    figures = f"{len(by_hand)} cases by hand, {len(generated)} generated."
    readme.write_text(f"{before}{BEGIN}\n{figures}\n{table(by_hand, generated)}\n{END}{after}")
