//! Shelf work that earns.

use std::collections::HashSet;

use carrot_rules::command::CHECKLIST_ITEMS_MAX;
use carrot_rules::entity::{ChecklistItem, Task, Texts};
use serde::Deserialize;

use super::field;
use super::json::{Checks, document};
use super::report::{Problem, RowError};
use super::write::Writer;
use crate::error::Result;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskRow {
    code: String,
    kind: String,
    title: Texts,
    text: Texts,
    points: i64,
    checklist: Vec<ChecklistItem>,
    photo_required: bool,
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<Task>, Vec<RowError>> {
    let rows: Vec<TaskRow> = document(file, bytes)?;
    let (mut checks, mut seen) = (Checks::new(file), HashSet::new());
    for (number, row) in rows.iter().enumerate() {
        let at = |name: &str| format!("[{number}].{name}");
        checks.code(&at("code"), &mut seen, &row.code);
        checks.read(&at("kind"), &row.kind, field::one_of(&["shelf_photo"]));
        checks.texts(&at("title"), &row.title);
        checks.texts(&at("text"), &row.text);
        checks.range(&at("points"), row.points, 0, 1_000_000_000);
        if row.checklist.len() > CHECKLIST_ITEMS_MAX {
            let what = format!("the list has more than {CHECKLIST_ITEMS_MAX} items");
            checks.wrong(&at("checklist"), Problem::new(what, "make two tasks of it"));
        }
        let mut items = HashSet::new();
        for (item_number, item) in row.checklist.iter().enumerate() {
            checks.code(
                &at(&format!("checklist[{item_number}].code")),
                &mut items,
                &item.code,
            );
            checks.texts(&at(&format!("checklist[{item_number}].text")), &item.text);
        }
    }
    let tasks = rows.into_iter().map(|row| Task {
        code: row.code,
        title: row.title,
        text: row.text,
        points: row.points,
        checklist: row.checklist,
        photo_required: row.photo_required,
    });
    checks.done(tasks.collect())
}

pub(super) async fn tasks(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    let all = writer.all();
    for task in writer.parsed(parse(file, bytes)) {
        let diff = writer.put(&task.code, &task, &all).await?;
        writer.count(&[diff]);
    }
    Ok(())
}
