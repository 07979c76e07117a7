//! `carrot rules check`: what would keep a rule set from being published, before anybody publishes it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use carrot_rules::RuleSet;
use carrot_rules::check::{self, Catalogue, Problem, Severity};
use serde_json::json;

use super::read;

/// Options of `carrot rules check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The rule set.
    file: PathBuf,
    /// What the programme has: products, outlets, lessons and other names that rules may mention.
    /// Names of a kind that it leaves out are not checked.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// Print a line of JSON: whether it can be published, and the problems.
    #[arg(long)]
    json: bool,
}

/// Prints the problems of a rule set; exit code 1 when it would be refused.
///
/// # Errors
/// When a file cannot be read.
pub fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let catalogue = match &args.catalogue {
        None => Catalogue::default(),
        Some(path) => serde_json::from_str(&read(path)?)
            .with_context(|| format!("{} is no catalogue", path.display()))?,
    };
    let (set, problems) = checked(&read(&args.file)?, &catalogue);
    if args.json {
        println!(
            "{}",
            json!({ "publishable": set.is_some(), "problems": problems })
        );
    } else {
        print!("{}", text(set.as_ref(), &problems));
    }
    Ok(match set {
        Some(_) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    })
}

/// The set in a document, looked at without knowing what the programme has.
pub(super) fn set_of(document: &str) -> Result<RuleSet, Vec<Problem>> {
    check::read(document.as_bytes(), &Catalogue::default())
}

/// The set, if it can be published, with everything that was found.
fn checked(document: &str, catalogue: &Catalogue) -> (Option<RuleSet>, Vec<Problem>) {
    match check::read(document.as_bytes(), catalogue) {
        Ok(set) => {
            let warnings = check::check(&set, catalogue);
            (Some(set), warnings)
        }
        Err(problems) => (None, problems),
    }
}

/// A problem with its remedy on three lines, and what it comes to.
pub(super) fn text(set: Option<&RuleSet>, problems: &[Problem]) -> String {
    let told = problems.iter().map(|problem| {
        let severity = match problem.severity {
            Severity::Refused => "refused",
            Severity::Warning => "warning",
        };
        let place = if problem.pointer.is_empty() {
            "/"
        } else {
            &problem.pointer
        };
        let (code, detail, remedy) = (problem.code, &problem.detail, &problem.remedy);
        format!("{severity} at {place} ({code})\n  {detail}\n  {remedy}\n")
    });
    let end = match set {
        Some(set) => format!(
            "Version {} can be published (rules: {}).
",
            set.version,
            set.rules.len()
        ),
        None => "It cannot be published.\n".to_owned(),
    };
    told.chain([end]).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn document() -> Value {
        json!({ "version": 7, "rules": [
            { "id": "welcome", "trigger": "joined", "effect": { "fixed": { "points": 50 } },
              "to": [{ "who": "buyer", "share_bp": 10_000 }] }] })
    }

    fn told(document: &str, catalogue: &Catalogue) -> (bool, String) {
        let (set, problems) = checked(document, catalogue);
        (set.is_some(), text(set.as_ref(), &problems))
    }

    #[test]
    fn a_good_set_can_be_published() {
        let told = told(&document().to_string(), &Catalogue::default());
        assert_eq!(
            told,
            (true, "Version 7 can be published (rules: 1).\n".to_owned())
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_remedy() {
        let mut document = document();
        document["rules"][0]["to"][0]["share_bp"] = json!(9_000);
        let (publishable, text) = told(&document.to_string(), &Catalogue::default());
        assert!(!publishable);
        assert!(text.starts_with("refused at /rules/0/to"), "{text}");
        assert!(text.ends_with("\nIt cannot be published.\n"), "{text}");
        assert!(text.lines().count() >= 4, "{text}");
    }

    #[test]
    fn a_warning_keeps_nothing_from_being_published() {
        let mut document = document();
        document["tallies"] = json!([{ "id": "visits", "subject": "buyer", "on": "sale",
            "counts": "times", "within": "ever" }]);
        let (publishable, text) = told(&document.to_string(), &Catalogue::default());
        assert!(
            publishable && text.starts_with("warning at /tallies/0"),
            "{text}"
        );
    }

    #[test]
    fn names_are_looked_up_where_a_catalogue_is_given() {
        let mut document = document();
        document["rules"][0]["when"] = json!({ "is": { "field": "segment", "in": ["gold"] } });
        let text = document.to_string();
        assert!(told(&text, &Catalogue::default()).0);
        let catalogue: Catalogue =
            serde_json::from_value(json!({ "segments": ["silver"] })).unwrap();
        let (publishable, told) = told(&text, &catalogue);
        assert!(!publishable && told.contains("gold"), "{told}");
    }

    #[test]
    fn what_is_no_json_is_a_problem_like_any_other() {
        let (publishable, text) = told("{ \"version\": ", &Catalogue::default());
        assert!(!publishable && text.contains("(not_json)"), "{text}");
    }
}
