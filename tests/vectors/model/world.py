"""The document as the model sees it: event, sides, parts of lines, facts, and what is hidden.

Somebody is `None` (nobody), `UNRESOLVED` (only the server can find them) or a participant's id.
A fact that is hidden reads as `Unknown` with the reason that waits (RULES.md, section 7).
"""

from dataclasses import dataclass

from . import calendar
from .numbers import PIECE_MICRO, checked

UNRESOLVED = "?"
BUYER_SIDE = "buyer"
SELLER_SIDE = "seller"


@dataclass(frozen=True)
class Unknown:
    """What this place cannot know, and who checks it."""

    reason: str


@dataclass(frozen=True)
class Part:
    """The part of a line that is open somewhere. `index` is -1 for an event without lines."""

    index: int
    product: str
    quantity_micro: int
    amount_minor: int

    @property
    def pieces(self):
        return self.quantity_micro // PIECE_MICRO


def party(told):
    if told in (None, "nobody"):
        return None
    return UNRESOLVED if told == "unresolved" else told["known"]


class World:
    """One document."""

    def __init__(self, document):
        self.rules = document["rules"]
        self.event = document["event"]
        self.facts = document.get("facts", {})
        self.hidden = set(document.get("hidden", []))
        self.trigger = self.event["trigger"]
        self.at_ms = self.event["at_ms"]
        self.actor = party(self.event.get("actor"))
        self.buyer = party(self.event.get("buyer"))
        self.seller = party(self.event.get("seller"))
        self.is_sale = self.trigger == "sale"
        self.outlet_id = self.event.get("outlet")
        self.currency = self.event.get("currency", "")
        self.lines = self.event.get("lines", [])
        local = calendar.local_ms(self.rules.get("zone", []), self.at_ms)
        self.day = local // calendar.DAY_MS
        self.minute = local % calendar.DAY_MS // 60_000
        self.basket_minor = checked(sum(line["amount_minor"] for line in self.lines))

    # Sides and parts (section 1)

    def sides(self):
        return [BUYER_SIDE, SELLER_SIDE] if self.is_sale else [BUYER_SIDE]

    def principal(self, side):
        return self.buyer if side == BUYER_SIDE else self.seller

    def side_of(self, who):
        if not self.is_sale or who in ("buyer", "referrer"):
            return BUYER_SIDE
        return SELLER_SIDE

    def open_parts(self, side):
        if self.principal(side) is None:
            return []
        return self.parts(f"{side}_micro")

    def fresh_parts(self):
        return self.parts("fresh_micro")

    def parts(self, field):
        """Parts of the lines whose product is not hidden."""
        if not self.is_sale and not self.lines:
            return [Part(-1, None, 0, 0)]
        found = []
        for index, line in enumerate(self.lines):
            product, whole = line.get("product"), line["quantity_micro"]
            part = line.get(field, 0) if self.is_sale else whole
            if part <= 0 or f"product:{product}" in self.hidden:
                continue
            amount = line["amount_minor"]
            amount = amount if part == whole else amount * part // whole
            found.append(Part(index, product, part, amount))
        return found

    def hidden_lines(self):
        products = [line.get("product") for line in self.lines]
        return [product for product in products if f"product:{product}" in self.hidden]

    # Facts (section 11)

    def product(self, product):
        return self.facts.get("products", {}).get(product, {}) if product is not None else {}

    def price(self, product, field):
        entry = self.product(product)
        price = entry.get(field, 0)
        for dated in entry.get("dated", []):
            if dated["from_ms"] <= self.at_ms:
                price = dated[field]
        return price

    def outlet(self, field):
        """A text of the outlet, None, or Unknown."""
        if self.outlet_id is None:
            return None
        if "outlet" in self.hidden:
            return Unknown("server_checks_outlet")
        return self.facts.get("outlet", {}).get(field) or None

    def person(self, person):
        """Role and segments of somebody, or Unknown."""
        if person == UNRESOLVED or f"person:{person}" in self.hidden:
            return Unknown("server_checks_person")
        return self.facts.get("people", {}).get(person, {})

    def passed(self, person, lesson):
        if person == UNRESOLVED or f"lesson:{person}:{lesson}" in self.hidden:
            return Unknown("server_checks_lesson")
        return f"{person}:{lesson}" in self.facts.get("lessons", [])

    def referrer(self, person):
        """Who recommended somebody; None when nobody did."""
        if person == UNRESOLVED or f"referral:{person}" in self.hidden:
            return Unknown("server_checks_referral")
        return self.facts.get("referrals", {}).get(person)

    def owner(self):
        if self.outlet_id is None:
            return None
        if "outlet" in self.hidden:
            return Unknown("server_checks_staff")
        return self.facts.get("outlet", {}).get("owner")

    def staff(self):
        """Participants with their shares, by participant."""
        if self.outlet_id is None:
            return []
        if "staff" in self.hidden:
            return Unknown("server_checks_staff")
        staff = self.facts.get("outlet", {}).get("staff", [])
        return sorted(((one["participant"], one.get("share", 1)) for one in staff))

    def counted(self, tally, subject, window, day):
        """What a tally says for a subject's id on a day; a hidden one is Unknown (section 5)."""
        key = f"{tally}:{subject}"
        if f"tally:{key}" in self.hidden:
            return Unknown("server_checks_tally")
        entry = self.facts.get("tallies", {}).get(key, {})
        days = calendar.period(window, day)
        if days is None:
            return checked(entry.get("ever", 0))
        first, last = days
        return checked(sum(value for on, value in entry.get("days", []) if first <= on <= last))
