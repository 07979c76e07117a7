//! Lessons: what everybody reads, and apart from it the right answers, which no device gets.

use std::collections::{BTreeMap, HashSet};

use carrot_rules::entity::{Lesson, LessonKey, Question, Texts};
use serde::Deserialize;

use super::field::LANGUAGES;
use super::json::{Checks, document};
use super::report::{Problem, RowError};
use super::write::Writer;
use crate::error::Result;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionRow {
    code: String,
    text: Texts,
    answers: Vec<Texts>,
    right: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonRow {
    code: String,
    title: Texts,
    minutes: i64,
    points: i64,
    /// By language, the paragraphs.
    text: BTreeMap<String, Vec<String>>,
    questions: Vec<QuestionRow>,
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<(Lesson, LessonKey)>, Vec<RowError>> {
    let rows: Vec<LessonRow> = document(file, bytes)?;
    let (mut checks, mut seen) = (Checks::new(file), HashSet::new());
    let mut lessons = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let at = |name: &str| format!("[{number}].{name}");
        checks.code(&at("code"), &mut seen, &row.code);
        checks.texts(&at("title"), &row.title);
        checks.range(&at("minutes"), row.minutes, 1, 60);
        checks.range(&at("points"), row.points, 0, 1_000_000_000);
        let paragraphs = paragraphs(&mut checks, &at("text"), &row.text);
        questions(&mut checks, &at("questions"), &row.questions);
        let right = row
            .questions
            .iter()
            .map(|question| question.right)
            .collect();
        let asked = row.questions.into_iter();
        let questions = asked
            .map(|asked| Question {
                text: asked.text,
                answers: asked.answers,
            })
            .collect();
        let lesson = Lesson {
            code: row.code,
            title: row.title,
            paragraphs,
            questions,
            points: row.points,
        };
        lessons.push((lesson, LessonKey { right }));
    }
    checks.done(lessons)
}

/// Turns paragraphs by language into languages by paragraph.
fn paragraphs(checks: &mut Checks, path: &str, text: &BTreeMap<String, Vec<String>>) -> Vec<Texts> {
    let count = text.get("en").map_or(0, Vec::len);
    if count == 0 {
        checks.wrong(
            &format!("{path}.en"),
            Problem::new(
                "there are no paragraphs",
                "write at least one in each language",
            ),
        );
    }
    let mut paragraphs = Vec::new();
    for number in 0..count {
        let mut paragraph = Texts::new();
        for (language, all) in text {
            if let Some(one) = all.get(number) {
                paragraph.insert(language.clone(), one.clone());
            }
        }
        checks.texts(&format!("{path}[{number}]"), &paragraph);
        paragraphs.push(paragraph);
    }
    for language in LANGUAGES {
        if text.get(language).is_some_and(|all| all.len() > count) {
            let problem = Problem::new(
                "there are more paragraphs than in English",
                "write as many in each language",
            );
            checks.wrong(&format!("{path}.{language}"), problem);
        }
    }
    paragraphs
}

fn questions(checks: &mut Checks, path: &str, questions: &[QuestionRow]) {
    let mut seen = HashSet::new();
    for (number, question) in questions.iter().enumerate() {
        let at = format!("{path}[{number}]");
        checks.code(&format!("{at}.code"), &mut seen, &question.code);
        checks.texts(&format!("{at}.text"), &question.text);
        for (answer, texts) in question.answers.iter().enumerate() {
            checks.texts(&format!("{at}.answers[{answer}]"), texts);
        }
        if usize::from(question.right) >= question.answers.len() {
            let problem = Problem::new("no answer has this number", "count the answers from 0");
            checks.wrong(&format!("{at}.right"), problem);
        }
    }
}

pub(super) async fn lessons(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    let all = writer.all();
    for (lesson, key) in writer.parsed(parse(file, bytes)) {
        let shown = writer.put(&lesson.code, &lesson, &all).await?;
        let kept = writer.put(&lesson.code, &key, &[]).await?;
        writer.count(&[shown, kept]);
    }
    Ok(())
}
