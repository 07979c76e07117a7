"""What effects come to on a line or an event, before bounds (RULES.md, section 3)."""

from dataclasses import dataclass, field

from .conditions import Asked, evaluate, inside, number
from .numbers import ALL_BP, checked, times_bp
from .readings import reading
from .tallies import delta
from .world import Unknown

LINE_EFFECTS = ("per_unit", "per_amount", "percent", "multiply")
EVENT = -1


@dataclass
class Step:
    """A step that adds `adds` to a value on a line."""

    name: str
    line: int
    params: dict
    adds: int


@dataclass
class Value:
    """What an effect comes to: steps and their sum; or why it comes to nothing."""

    steps: list = field(default_factory=list)
    code: str = "below_step"
    params: dict = field(default_factory=dict)
    rate_bp: int = 0

    @property
    def total(self):
        return checked(sum(step.adds for step in self.steps))


def effect_of(rule):
    (name, body), = rule["effect"].items()
    return name, body


def is_line_effect(rule):
    return effect_of(rule)[0] in LINE_EFFECTS


def is_discount(rule):
    name, body = effect_of(rule)
    return name == "percent" and body["gives"] == "discount"


def one_step(name, line, params, adds):
    """A value of one step; nothing where it would be zero or less."""
    checked(adds)
    return Value([Step(name, line, params, adds)]) if adds > 0 else Value()


def nothing(code, /, **params):
    return Value(code=code, params=params)


def rate_of(asked, rate):
    """The rate in basis points, or Unknown."""
    if "flat" in rate:
        return rate["flat"]
    value = number(asked, rate["banded"]["by"])
    if isinstance(value, Unknown):
        return value
    bands = [band for band in rate["banded"]["bands"] if inside(value, band)]
    return bands[0]["rate_bp"] if bands else 0


def peg_of(world, currency):
    rates = [peg for peg in world.rules.get("peg", []) if peg["currency"] == currency]
    begun = [peg["minor_per_point_micro"] for peg in rates if peg["from_ms"] <= world.at_ms]
    return begun[-1] if begun else 0


def percent(asked, body):
    world, part = asked.world, asked.part
    rate_bp = rate_of(asked, body["rate"])
    if isinstance(rate_bp, Unknown):
        return rate_bp
    amount = max(part.amount_minor, 0)
    if body["gives"] == "discount":
        off = checked(amount * rate_bp // ALL_BP)
        value = one_step("discount", part.index, {}, off)
        value.rate_bp = rate_bp
        return value
    peg = peg_of(world, body["currency"])
    if peg <= 0:
        return nothing("no_rate")
    points = amount * rate_bp * 100 // peg
    params = {"rate_bp": rate_bp, "amount_minor": part.amount_minor,
              "minor_per_point_micro": peg, "currency": body["currency"]}
    return one_step("percent", part.index, params, points)


def on_line(asked, name, body, base):
    """An effect on one line; `base` is what the line has earned so far for a multiplier's who."""
    part = asked.part
    if name == "per_unit":
        params = {"each": body["points"], "quantity_micro": part.quantity_micro}
        return one_step("per_unit", part.index, params, body["points"] * part.pieces)
    if name == "multiply":
        more = checked(times_bp(base, body["rate_bp"])) - base
        return one_step("boost", part.index, {"base": base, "rate_bp": body["rate_bp"]}, more)
    if body["currency"] != asked.world.currency:
        return nothing("not_met", field="currency", found=asked.world.currency or None)
    if name == "percent":
        return percent(asked, body)
    step, amount = body["step_minor"], part.amount_minor
    points = body["points"] * (amount // step) if step > 0 and amount > 0 else 0
    params = {"each": body["points"], "step_minor": step, "amount_minor": amount, "currency": body["currency"]}
    return one_step("per_amount", part.index, params, points)


def on_event(world, name, body):
    """An effect on the event."""
    if name == "fixed":
        return one_step("fixed", EVENT, {"each": body["points"]}, body["points"])
    if name == "per_measure":
        step, value = body["step"], world.event.get("value", 0)
        points = body["points"] * (value // step) if step > 0 and value > 0 else 0
        return one_step("per_measure", EVENT, {"each": body["points"], "step": step, "value": value}, points)
    assert name == "every", name
    nth, before, more = body["nth"], reading(world, body["tally"]), delta(world, body["tally"])
    for found in (before, more):
        if isinstance(found, Unknown):
            return found
    times = (before + more) // nth - before // nth if nth > 0 else 0
    params = {"each": body["points"], "nth": nth, "before": before, "delta": more}
    return one_step("every", EVENT, params, body["points"] * max(times, 0))


def of_levels(world, side, body, parts):
    """The value that levels share out, over the parts that hold, and the reasons it waits for."""
    (name, inner), = body["of"].items()
    if name not in LINE_EFFECTS:
        value = on_event(world, name, inner)
        return (Value(), [value.reason]) if isinstance(value, Unknown) else (value, [])
    whole, reasons, codes = Value(), [], []
    for part in parts:
        value = on_line(Asked(world, side, part), name, inner, 0)
        if isinstance(value, Unknown):
            reasons.append(value.reason)
            continue
        whole.steps += value.steps
        codes.append(value)
    if not whole.steps and codes:
        rank = ("not_met", "no_rate", "below_step")
        last = max(codes, key=lambda value: rank.index(value.code))
        whole.code, whole.params = last.code, last.params
    return whole, reasons


def holds(world, side, when, part):
    return evaluate(when, Asked(world, side, part))
