//! The table of a run as markdown, written into a page between two marks.

use super::tally::Row;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// What stands around the table in a page.
const MARKS: [&str; 2] = ["<!-- proofs begin -->", "<!-- proofs end -->"];

/// Puts a run's table into the page: `told` says how it was made, `rows` name their parts' descriptions.
pub fn write(page: &Path, told: &str, rows: &[(&str, Row)]) -> Result<()> {
    let text = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let Some((before, after)) = around(&text) else {
        bail!(
            "{} has no `{}` and `{}`",
            page.display(),
            MARKS[0],
            MARKS[1]
        );
    };
    let table = table(rows);
    let [begin, end] = MARKS;
    let whole = format!("{before}{begin}\n{told}\n\n{table}\n{end}{after}");
    std::fs::write(page, whole).with_context(|| page.display().to_string())
}

fn around(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.split_once(MARKS[0])?;
    let (_, after) = rest.split_once(MARKS[1])?;
    Some((before, after))
}

fn table(rows: &[(&str, Row)]) -> String {
    let mut text =
        "| proof | what is done | tried | violations | seeds | CPU s |\n|---|---|---|---|---|---|"
            .to_owned();
    for (about, row) in rows {
        let seeds = row
            .seeds
            .map_or_else(|| "-".to_owned(), |last| last.to_string());
        text.push_str(&format!(
            "\n| {} | {about} | {} | {} | {seeds} | {:.0} |",
            row.proof,
            row.tried,
            row.violations(),
            row.seconds
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Row, write};

    #[test]
    fn a_table_replaces_the_one_before_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("carrot-page-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let page = folder.join("page.md");
        std::fs::write(
            &page,
            "# A\n<!-- proofs begin -->\nold\n<!-- proofs end -->\nrest\n",
        )
        .unwrap();
        let row = Row {
            proof: "power lost".to_owned(),
            tried: 7,
            lost: Some(1),
            broken: 1,
            ..Row::default()
        };
        write(&page, "Told.", &[("states of a disk", row)]).unwrap();
        let text = std::fs::read_to_string(&page).unwrap();
        assert!(
            text.starts_with("# A\n<!-- proofs begin -->\nTold.\n\n| proof |"),
            "{text}"
        );
        assert!(text.contains(
            "| power lost | states of a disk | 7 | 2 | - | 0 |\n<!-- proofs end -->\nrest\n"
        ));
        assert!(!text.contains("old\n"));
        std::fs::write(&page, "no marks").unwrap();
        assert!(write(&page, "Told.", &[]).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
