//! Reasons and steps as sentences, from the language files that the screens use too.
//!
//! Message ids and the names of their parameters are those of the screens: `reason-CODE`, with the
//! numbers in `.detail`, and a sentence of its own for each field that a condition can be about.

mod params;

use std::collections::BTreeMap;

use carrot_rules::ruleset::ZoneStep;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde_json::Value;

use crate::embedded;

/// The parameters of a reason or a step, as the rules give them.
pub type Params = BTreeMap<String, Value>;

/// What a reader knows besides the parameters.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// Currency of amounts that name none; empty when it is not known.
    pub currency: &'a str,
    /// The programme's zone; UTC when it is empty.
    pub zone: &'a [ZoneStep],
}

/// The words of one language; English stands behind it.
pub struct Sentences {
    bundles: Vec<FluentBundle<FluentResource>>,
    decimal_mark: char,
}

impl Sentences {
    /// The words of a language as people and systems write it (`uk`, `da_DK.UTF-8`); English when there
    /// are none.
    pub fn of(language: &str) -> Self {
        let primary = embedded::primary(language);
        let own = embedded::bundle(&primary);
        // All languages here but English write a comma.
        let comma = own.is_some() && primary != "en";
        Self {
            bundles: own.into_iter().chain(embedded::bundle("en")).collect(),
            decimal_mark: if comma { ',' } else { '.' },
        }
    }

    /// A reason or a step as a sentence: with its numbers where they are all known, plain otherwise. A
    /// refusal's code reads as the refusal; a code that no message knows stands for itself.
    pub fn say(&self, code: &str, params: &Params, reading: &Reading<'_>) -> String {
        let slug = code.replace('_', "-");
        let args = params::readable(params, reading, self.decimal_mark);
        let field = params.get("field").and_then(Value::as_str).unwrap_or("");
        let of_field = (code == "not_met").then(|| format!("reason-{slug}-{field}"));
        let reason = format!("reason-{slug}");
        let ids = of_field.iter().chain([&reason]);
        ids.flat_map(|id| [(id, Some("detail")), (id, None)])
            .find_map(|(id, attribute)| self.find(id, attribute, &args))
            .or_else(|| self.find(&format!("error-{slug}"), None, &args))
            .unwrap_or_else(|| code.to_owned())
    }

    /// A message without parameters, or its id when there is none.
    pub fn plain(&self, id: &str) -> String {
        self.find(id, None, &FluentArgs::new())
            .unwrap_or_else(|| id.to_owned())
    }

    /// A message with one number.
    pub fn numbered(&self, id: &str, number: i64) -> String {
        let args = FluentArgs::from_iter([("number", number)]);
        self.find(id, None, &args).unwrap_or_else(|| id.to_owned())
    }

    /// Who got how many points.
    pub fn award(&self, who: &str, points: i64) -> String {
        let args =
            FluentArgs::from_iter([("who", FluentValue::from(who)), ("number", points.into())]);
        let found = self.find("why-award", None, &args);
        found.unwrap_or_else(|| format!("{who}: {points}"))
    }

    /// The first language that has the message counts; none when it asks for more than `args` has.
    fn find(&self, id: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = |bundle: &FluentBundle<FluentResource>| {
            let message = bundle.get_message(id)?;
            let pattern = match attribute {
                Some(name) => message.get_attribute(name)?.value(),
                None => message.value()?,
            };
            let mut problems = Vec::new();
            let text = bundle.format_pattern(pattern, Some(args), &mut problems);
            Some(problems.is_empty().then(|| text.into_owned()))
        };
        self.bundles.iter().find_map(pattern).flatten()
    }
}

#[cfg(test)]
mod tests;
