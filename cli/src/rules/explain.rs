//! `carrot rules explain`: the dry-run document of `docs/RULES.md` section 11, answered in sentences.

use std::fmt::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use carrot_rules::RuleSet;
use carrot_rules::earn::{Discount, EarnedAward, Earning, dry_run};
use carrot_rules::outcome::{Derivation, WHOLE_EVENT};
use carrot_rules::recompute::recompute;
use serde_json::{Value, json};

use super::read;
use crate::embedded::primary;
use crate::sentences::{Params, Reading, Sentences};

/// Options of `carrot rules explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The document: rule set, event and facts. With `--event` it is the rule set alone.
    file: PathBuf,
    /// Event and facts, where they stand in a file of their own.
    #[arg(long, value_name = "FILE")]
    event: Option<PathBuf>,
    /// Language of the sentences.
    #[arg(long, alias = "language", env = "CARROT_LANG", default_value = "en")]
    lang: String,
    /// Print the engine's answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what follows from the document's event, and why; exit code 1 when it cannot be told.
///
/// # Errors
/// When a file cannot be read or is no JSON.
pub fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let document = document(args)?;
    let answer = dry_run(&document.to_string());
    let told: Value = serde_json::from_str(&answer).context("reading the answer")?;
    let failed = told.get("error").cloned();
    if args.json {
        println!("{answer}");
    } else if let Some(error) = &failed {
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        eprintln!("{}: {}", text("code"), text("detail"));
    } else {
        let earning: Earning = serde_json::from_value(told).context("reading the answer")?;
        let rules = serde_json::from_value(document["rules"].clone()).context("the rule set")?;
        let currency = document["event"]["currency"].as_str().unwrap_or_default();
        print!(
            "{}",
            Page::new(&args.lang, &rules, currency).text(&earning)?
        );
    }
    Ok(if failed.is_some() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The whole document, put together where it came in two files.
fn document(args: &ExplainArgs) -> anyhow::Result<Value> {
    let parse = |path: &PathBuf| -> anyhow::Result<Value> {
        serde_json::from_str(&read(path)?).with_context(|| format!("{} is no JSON", path.display()))
    };
    let first = parse(&args.file)?;
    let Some(event) = &args.event else {
        return Ok(first);
    };
    let mut document = parse(event)?;
    match document.as_object_mut() {
        Some(fields) if fields.contains_key("event") => {
            fields.insert("rules".to_owned(), first);
            Ok(document)
        }
        _ => Ok(json!({ "rules": first, "event": document })),
    }
}

/// How wide a sentence may get before its points, characters.
const SENTENCE_CHARS: usize = 72;

/// What writes an answer down in one language.
struct Page<'a> {
    words: Sentences,
    language: String,
    rules: &'a RuleSet,
    reading: Reading<'a>,
}

impl<'a> Page<'a> {
    fn new(language: &str, rules: &'a RuleSet, currency: &'a str) -> Self {
        Self {
            words: Sentences::of(language),
            language: primary(language),
            rules,
            reading: Reading {
                currency,
                zone: &rules.zone,
            },
        }
    }

    fn text(&self, earning: &Earning) -> Result<String, fmt::Error> {
        let mut out = String::new();
        if earning.awards.is_empty() {
            writeln!(out, "{}", self.words.plain("why-nothing"))?;
        }
        for award in &earning.awards {
            self.award(&mut out, award)?;
        }
        for discount in &earning.discounts {
            self.discount(&mut out, discount)?;
        }
        let why_not = earning.why_not.iter().map(|why| {
            let why_not = self.sentence(&why.code, &why.params);
            format!("{}: {why_not}", self.title(&why.rule))
        });
        self.list(&mut out, "why-not-rules", why_not)?;
        let notes = earning.notes.iter().map(|note| {
            let sentence = self.sentence(&note.code, &note.params);
            let text = |name: &str| note.params.get(name).and_then(Value::as_str);
            let about = text("rule").map(|rule| self.title(rule));
            let about = about.or_else(|| text("product").map(str::to_owned));
            about.map_or_else(|| sentence.clone(), |about| format!("{about}: {sentence}"))
        });
        self.list(&mut out, "why-notes", notes)?;
        Ok(out)
    }

    fn award(&self, out: &mut String, award: &EarnedAward) -> fmt::Result {
        let who = serde_json::to_value(award.who).unwrap_or_default();
        let who = format!("who-{}", who.as_str().unwrap_or_default());
        let who = self.words.plain(&who);
        let person = award.participant.map(|id| format!(" ({id})"));
        let who = format!("{who}{}", person.unwrap_or_default());
        writeln!(out, "{}", self.words.award(&who, award.points))?;
        let mut line = None;
        for (at, step) in award.derivation.iter().enumerate() {
            // What is shared out stands with the share, whichever lines it is of.
            let share = award.derivation[at..].iter().find(|step| !is_inner(step));
            let of = share.map_or(step.line, |share| share.line);
            if line != Some(of) {
                writeln!(out, "  {}", self.line(of))?;
                line = Some(of);
            }
            self.step(out, step)?;
        }
        for because in &award.pending {
            writeln!(out, "  … {}", self.sentence(&because.code, &because.params))?;
        }
        match recompute(&award.derivation) {
            Ok(points) if points == award.points => Ok(()),
            Ok(points) => writeln!(out, "  ! {points} ≠ {}", award.points),
            Err(unexplained) => writeln!(out, "  ! {unexplained}"),
        }
    }

    fn step(&self, out: &mut String, step: &Derivation) -> fmt::Result {
        let sentence = self.sentence(&step.step, &step.params);
        if is_inner(step) {
            return writeln!(out, "      {sentence}");
        }
        writeln!(
            out,
            "    {sentence:<SENTENCE_CHARS$} {:>9}  {}",
            step.points, step.rule
        )
    }

    fn discount(&self, out: &mut String, discount: &Discount) -> fmt::Result {
        let numbers = json!({ "rate_bp": discount.rate_bp, "amount_minor": discount.amount_minor });
        let params: Params = serde_json::from_value(numbers).unwrap_or_default();
        let sentence = self.sentence("discount", &params);
        let (line, rule) = (self.line(discount.line), self.title(&discount.rule));
        writeln!(out, "{line}: {sentence}  {rule}")
    }

    fn list(
        &self,
        out: &mut String,
        heading: &str,
        lines: impl Iterator<Item = String>,
    ) -> fmt::Result {
        for (at, line) in lines.enumerate() {
            if at == 0 {
                writeln!(out, "{}", self.words.plain(heading))?;
            }
            writeln!(out, "  {line}")?;
        }
        Ok(())
    }

    fn line(&self, line: i64) -> String {
        if line == WHOLE_EVENT {
            return self.words.plain("why-event");
        }
        self.words.numbered("why-line", line.saturating_add(1))
    }

    /// A reason or step in words; other rules are called by their titles.
    fn sentence(&self, code: &str, params: &Params) -> String {
        let mut params = params.clone();
        if let Some(Value::String(rule)) = params.get_mut("rule") {
            *rule = self.title(rule);
        }
        self.words.say(code, &params, &self.reading)
    }

    /// What people call a rule: its title in the language or in English, else its id.
    fn title(&self, rule: &str) -> String {
        let titles = self.rules.rule(rule).map(|rule| &rule.title);
        let titled = titles.and_then(|titles| titles.get(&self.language).or(titles.get("en")));
        match titled {
            Some(title) => title.clone(),
            None if rule == "price_list" => self.words.plain("why-price-list"),
            None => rule.to_owned(),
        }
    }
}

fn is_inner(step: &Derivation) -> bool {
    step.params.get("inner").and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests;
