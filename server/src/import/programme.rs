//! The programme itself: made by the first import, brought up to date by later ones.

use std::collections::BTreeMap;

use carrot_rules::RuleSet;
use carrot_rules::entity::{ONLY, Programme, Texts};
use carrot_rules::ruleset::Rule;
use serde::Deserialize;
use uuid::Uuid;

use super::field;
use super::json::{Checks, document};
use super::programme_id;
use super::report::{Problem, Report, RowError, clipped};
use super::write::{Diff, Writer};
use crate::db;
use crate::error::Result;
use crate::store::{NewProgramme, Store};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PerAmountRow {
    currency: String,
    step_minor: i64,
    buyer_points: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeRow {
    code: String,
    name: String,
    code_tag: String,
    points_word: BTreeMap<String, Texts>,
    theme: Texts,
    languages: Vec<String>,
    time_zone: String,
    currency: String,
    offline_budget_points: i64,
    return_window_days: i64,
    #[serde(default)]
    per_amount: Vec<PerAmountRow>,
}

fn parse(file: &str, bytes: &[u8]) -> Result<ProgrammeRow, Vec<RowError>> {
    let row: ProgrammeRow = document(file, bytes)?;
    let mut checks = Checks::new(file);
    checks.read("code", &row.code, field::code);
    checks.read("name", &row.name, field::text);
    checks.read("time_zone", &row.time_zone, field::time_zone);
    checks.read("currency", &row.currency, field::currency);
    checks.range(
        "offline_budget_points",
        row.offline_budget_points,
        0,
        1_000_000_000,
    );
    checks.range("return_window_days", row.return_window_days, 0, 365);
    if !carrot_codes::is_programme_tag(&row.code_tag) {
        let what = format!("\"{}\" is no tag", clipped(&row.code_tag));
        checks.wrong(
            "code_tag",
            Problem::new(what, "write 2 to 8 characters of a-z and 0-9"),
        );
    }
    for (number, language) in row.languages.iter().enumerate() {
        checks.read(&format!("languages[{number}]"), language, field::language);
    }
    check_looks(&mut checks, &row);
    check_amounts(&mut checks, &row.per_amount);
    checks.done(vec![()]).map(|_| row)
}

fn check_looks(checks: &mut Checks, row: &ProgrammeRow) {
    for (language, words) in &row.points_word {
        checks.read(
            &format!("points_word.{language}"),
            language,
            field::language,
        );
        if !words.contains_key("other") {
            let problem = Problem::new("the word for any other number is missing", "add \"other\"");
            checks.wrong(&format!("points_word.{language}"), problem);
        }
    }
    for (role, colour) in &row.theme {
        let digits = colour.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            let what = format!("\"{}\" is no colour", clipped(colour));
            checks.wrong(
                &format!("theme.{role}"),
                Problem::new(what, "write it as #rrggbb"),
            );
        }
    }
}

fn check_amounts(checks: &mut Checks, rows: &[PerAmountRow]) {
    for (number, rule) in rows.iter().enumerate() {
        checks.read(
            &format!("per_amount[{number}].currency"),
            &rule.currency,
            field::currency,
        );
        checks.range(
            &format!("per_amount[{number}].step_minor"),
            rule.step_minor,
            1,
            1_000_000_000,
        );
        checks.range(
            &format!("per_amount[{number}].buyer_points"),
            rule.buyer_points,
            0,
            1_000_000_000,
        );
    }
}

/// What the ids of rules on amounts begin with.
const AMOUNT_RULE: &str = "amount-";

fn per_amount(rows: &[PerAmountRow]) -> Vec<Rule> {
    let rules = rows.iter().map(|row| {
        let id = format!("{AMOUNT_RULE}{}", row.currency.to_lowercase());
        Rule::for_amounts(id, row.currency.clone(), row.step_minor, row.buyer_points)
    });
    rules.collect()
}

/// The rules with these rules on amounts in place of the ones that they had.
fn with_amounts(rules: &[Rule], amounts: Vec<Rule>) -> Vec<Rule> {
    let others = rules
        .iter()
        .filter(|rule| !rule.id.starts_with(AMOUNT_RULE));
    amounts.into_iter().chain(others.cloned()).collect()
}

/// Imports `programme.json`: makes the programme, or brings its looks and its rules on amounts up to
/// date. Its code, tag and offline budget cannot change by an import. Answers the programme's id.
pub async fn import_programme(
    store: &Store,
    file: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<(Uuid, Report)> {
    let row = match parse(file, bytes) {
        Ok(row) => row,
        Err(refused) => {
            return Ok((Uuid::nil(), Report::refusing(refused)));
        }
    };
    let id = programme_id(&row.code);
    let programme = Programme {
        id,
        code: row.code_tag.clone(),
        name: row.name.clone(),
        points_word: row.points_word.clone(),
        theme: row.theme.clone(),
        currency: row.currency.clone(),
        time_zone: row.time_zone.clone(),
    };
    let known = store
        .programmes()
        .await?
        .into_iter()
        .any(|known| known.id == id);
    if !known {
        if !dry_run {
            make(store, programme, &row).await?;
        }
        return Ok((
            id,
            Report {
                new: 1,
                ..Report::default()
            },
        ));
    }
    let mut writer = Writer::new(store.begin(id).await?);
    update(&mut writer, &programme, &row, file).await?;
    Ok((id, writer.finish("programme", dry_run).await?))
}

async fn make(store: &Store, programme: Programme, row: &ProgrammeRow) -> Result<()> {
    let rules = RuleSet {
        version: 1,
        rules: per_amount(&row.per_amount),
        ..RuleSet::default()
    };
    let offline_budget_points = row.offline_budget_points;
    let id = store
        .create_programme(NewProgramme {
            programme,
            rules,
            offline_budget_points,
        })
        .await?;
    let mut writer = Writer::new(store.begin(id).await?);
    settings(&mut writer, row).await?;
    writer.tx.commit().await
}

async fn settings(writer: &mut Writer, row: &ProgrammeRow) -> Result<Diff> {
    let languages = writer
        .put_setting("languages", &row.languages.join(" "))
        .await?;
    let window = writer
        .put_setting("return_window_days", &row.return_window_days.to_string())
        .await?;
    Ok(if languages == Diff::Same {
        window
    } else {
        languages
    })
}

async fn update(
    writer: &mut Writer,
    programme: &Programme,
    row: &ProgrammeRow,
    file: &str,
) -> Result<()> {
    let before = writer.entity::<Programme>(ONLY).await?;
    if before.is_some_and(|before| before.code != programme.code) {
        let problem = Problem::new(
            "the programme's codes are printed with another tag",
            "keep the tag",
        );
        writer.refuse(Checks::new(file).spot().error("code_tag", problem));
        return Ok(());
    }
    let all = writer.all();
    let shown = writer.put(ONLY, programme, &all).await?;
    let noted = settings(writer, row).await?;
    let mut rules = writer.rules().await?;
    let mut ruled = Diff::Same;
    let wanted = with_amounts(&rules.rules, per_amount(&row.per_amount));
    if rules.rules != wanted {
        rules.rules = wanted;
        rules.version += 1;
        ruled = writer.put(ONLY, &rules, &all).await?;
        writer.report.notes.push(format!(
            "the rules are published as version {}",
            rules.version
        ));
    }
    if shown != Diff::Same {
        let code = programme.code.clone();
        db::query("UPDATE programme SET name = ? WHERE programme_id = ? AND code = ?")
            .bind(&programme.name)
            .bind(writer.programme().to_string())
            .bind(code)
            .execute(writer.tx.conn())
            .await?;
    }
    writer.count(&[shown, noted, ruled]);
    Ok(())
}
