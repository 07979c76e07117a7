//! The numbers of a reason or a step as people read them: minor units as money, millionths as pieces,
//! basis points as per cent, instants on the programme's clock.

use carrot_rules::amount::QUANTITY_ONE_MICRO;
use carrot_rules::ruleset::ZoneStep;
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::Value;

use super::{Params, Reading};

/// Currencies whose smallest unit is not a hundredth (ISO 4217), with their decimals.
const DECIMALS: [(u32, &str); 2] = [
    (
        0,
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    ),
    (3, "BHD IQD JOD KWD LYD OMN TND"),
];
const MINUTES_PER_HOUR: i64 = 60;

/// `params` with readable companions, under the names that the messages use.
pub fn readable(params: &Params, reading: &Reading<'_>, mark: char) -> FluentArgs<'static> {
    let mut out = Readable {
        currency: text(params, "currency").unwrap_or(reading.currency),
        reading,
        mark,
        args: FluentArgs::new(),
    };
    for (name, value) in params {
        out.add(name, value);
    }
    if let Some(field) = text(params, "field") {
        out.found(field, params.get("found").unwrap_or(&Value::Null));
    }
    out.shares(params);
    if let Some(rate_bp) = whole(params, "share_bp").or_else(|| whole(params, "rate_bp")) {
        let share = decimal(rate_bp, 2, 0, mark);
        out.args.set("share", format!("{share}\u{a0}%"));
    }
    if let (Some(before), Some(delta)) = (whole(params, "before"), whole(params, "delta")) {
        out.args.set("after", before.saturating_add(delta));
    }
    out.args
}

fn whole(params: &Params, name: &str) -> Option<i64> {
    params.get(name).and_then(Value::as_i64)
}

fn text<'a>(params: &'a Params, name: &str) -> Option<&'a str> {
    params.get(name).and_then(Value::as_str)
}

struct Readable<'a> {
    currency: &'a str,
    reading: &'a Reading<'a>,
    mark: char,
    args: FluentArgs<'static>,
}

impl Readable<'_> {
    /// A parameter as it came, and what it is called when it can be read.
    fn add(&mut self, name: &str, value: &Value) {
        match value {
            // What a condition found reads by the kind of its field.
            _ if name == "found" => {}
            Value::String(text) => self.args.set(name.to_owned(), text.clone()),
            Value::Number(number) => {
                if let Some(number) = number.as_i64() {
                    self.number(name, number);
                }
            }
            _ => {}
        }
    }

    fn number(&mut self, name: &str, number: i64) {
        self.args.set(name.to_owned(), number);
        if name == "minor_per_point_micro" {
            if let Some(decimals) = decimals(self.currency) {
                let worth = decimal(number, decimals + 6, decimals, self.mark);
                self.args.set("worth", self.with_currency(&worth));
            }
        } else if name == "quantity_micro" {
            self.pieces(number);
        } else if name == "rate_bp" {
            self.args.set("factor", decimal(number, 4, 0, self.mark));
        } else if let Some(short) = name.strip_suffix("_minor") {
            self.money(short, number);
        } else if let Some(short) = name.strip_suffix("_ms") {
            let at = instant(number, self.reading.zone, short == "until");
            self.args.set(short.to_owned(), at);
        }
    }

    fn money(&mut self, name: &str, minor: i64) {
        if let Some(decimals) = decimals(self.currency) {
            let amount = decimal(minor, decimals, decimals, self.mark);
            let money = self.with_currency(&amount);
            self.args.set(name.to_owned(), money);
        }
    }

    fn with_currency(&self, amount: &str) -> String {
        format!("{amount}\u{a0}{}", self.currency)
    }

    /// Pieces to show, and as a number to choose the plural form by.
    fn pieces(&mut self, micro: i64) {
        self.args.set("count", decimal(micro, 6, 0, self.mark));
        if micro % QUANTITY_ONE_MICRO == 0 {
            self.args.set("pieces", micro / QUANTITY_ONE_MICRO);
        } else {
            self.args
                .set("pieces", micro as f64 / QUANTITY_ONE_MICRO as f64);
        }
    }

    /// What a condition found, by the kind of its field. A product's id says nothing to people.
    fn found(&mut self, field: &str, found: &Value) {
        match (field, found) {
            ("product", _) | (_, Value::Null) => {}
            (_, Value::String(text)) if text.is_empty() => {}
            (_, Value::String(text)) => self.args.set("found", text.clone()),
            (_, Value::Bool(whether)) => self.args.set("found", whether.to_string()),
            (_, Value::Array(several)) if !several.is_empty() => {
                let several: Vec<_> = several.iter().filter_map(Value::as_str).collect();
                self.args.set("found", several.join(", "));
            }
            (_, Value::Number(number)) => {
                if let Some(number) = number.as_i64() {
                    self.found_number(field, number);
                }
            }
            _ => {}
        }
    }

    fn found_number(&mut self, field: &str, number: i64) {
        match field {
            "minute" => {
                let (hour, minute) = (number / MINUTES_PER_HOUR, number % MINUTES_PER_HOUR);
                self.args.set("time", format!("{hour:02}:{minute:02}"));
            }
            "quantity" => self.pieces(number),
            "amount" | "basket" => self.money("money", number),
            _ => self.args.set("found", number),
        }
    }

    /// A share of a split among the staff: how many people, the own shares and all of them.
    fn shares(&mut self, params: &Params) {
        let listed = params.get("shares").and_then(Value::as_array);
        let shares: Vec<i64> = listed
            .into_iter()
            .flatten()
            .filter_map(Value::as_i64)
            .collect();
        let place = whole(params, "place").and_then(|place| usize::try_from(place).ok());
        if let Some(own) = place.and_then(|place| shares.get(place)) {
            let all: i128 = shares.iter().copied().map(i128::from).sum();
            self.args.set("own", *own);
            self.args.set("all", all.to_string());
            self.args.set("people", FluentValue::from(shares.len()));
        }
    }
}

/// Decimals of a currency; none for what is no currency's code.
fn decimals(currency: &str) -> Option<u32> {
    let listed = |(_, codes): &&(u32, &str)| codes.split(' ').any(|code| code == currency);
    let unusual = DECIMALS.iter().find(listed).map(|(decimals, _)| *decimals);
    (currency.len() == 3).then(|| unusual.unwrap_or(2))
}

/// `number` with its last `digits` digits behind the mark; zeros at the end beyond `kept` are left out.
fn decimal(number: i64, digits: u32, kept: u32, mark: char) -> String {
    let one = 10_u64.pow(digits);
    let size = number.unsigned_abs();
    let fraction = format!("{:0width$}", size % one, width = digits as usize);
    let fraction = if digits == 0 { "" } else { fraction.as_str() };
    let (always, more) = fraction.split_at(kept.min(digits) as usize);
    let fraction = format!("{always}{}", more.trim_end_matches('0'));
    let sign = if number < 0 { "-" } else { "" };
    let mark = if fraction.is_empty() {
        String::new()
    } else {
        mark.to_string()
    };
    format!("{sign}{}{mark}{fraction}", size / one)
}

/// An instant on the programme's clock: a day, or day and time. What no calendar reaches stays a number.
fn instant(at_ms: i64, zone: &[ZoneStep], day_alone: bool) -> String {
    let later = zone.partition_point(|step| step.from_ms <= at_ms);
    let step = zone.get(later.saturating_sub(1));
    let offset_s = step.and_then(|step| i32::try_from(step.offset_s).ok());
    let offset = Offset::from_seconds(offset_s.unwrap_or(0));
    let (Ok(at), Ok(offset)) = (Timestamp::from_millisecond(at_ms), offset) else {
        return at_ms.to_string();
    };
    let local = offset.to_datetime(at);
    let format = if day_alone {
        "%Y-%m-%d"
    } else {
        "%Y-%m-%d %H:%M"
    };
    local.strftime(format).to_string()
}
