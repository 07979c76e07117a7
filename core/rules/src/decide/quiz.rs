//! `quiz.submit`: a lesson's answers. Which are right only the server knows; elsewhere it waits.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::QuizSubmit;
use crate::earn;
use crate::entity::{Beneficiary, Lesson, LessonKey, LessonResult};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::outcome::{AwardKey, Because, Outcome, Upsert};
use crate::scope::Scope;

use super::Context;
use super::pay::{self, About, Desk, Line};
use super::points;

/// Tries in one day: more would be looking for the answers, not learning them.
const TRIES_MAX: u8 = 3;
const TRIES_WINDOW_MS: i64 = 24 * 3_600_000;

pub(super) fn needs(quiz: &QuizSubmit, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Lesson>(&quiz.lesson));
    pay::needs(context, [Beneficiary::Participant(context.actor)], keys);
    keys.insert(FactKey::of::<LessonKey>(&quiz.lesson));
    keys.insert(FactKey::of::<LessonResult>(earn::lesson_key(
        context.actor,
        &quiz.lesson,
    )));
}

pub(super) fn decide(
    quiz: &QuizSubmit,
    context: &Context,
    facts: &Facts,
    rules: &Index,
) -> Result<Outcome, Overflow> {
    let lesson = match facts.see::<Lesson>(&quiz.lesson) {
        Seen::Known(lesson) => lesson,
        Seen::Absent => return Ok(Outcome::rejected(Because::new("lesson_unknown"))),
        Seen::Unknown => return Ok(Outcome::parked(Because::new("lesson_unknown"))),
    };
    if quiz.answers.len() != lesson.questions.len() {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let result_id = earn::lesson_key(context.actor, &lesson.code);
    let before = match facts.see::<LessonResult>(&result_id) {
        Seen::Known(result) if result.passed => {
            return Ok(Outcome::rejected(Because::new("lesson_passed_before")));
        }
        Seen::Known(result) if context.now_ms.saturating_sub(result.first_ms) < TRIES_WINDOW_MS => {
            Some(result)
        }
        _ => None,
    };
    if before
        .as_ref()
        .is_some_and(|result| result.tries >= TRIES_MAX)
    {
        return Ok(Outcome::rejected(Because::new("too_many_tries")));
    }
    match facts.see::<LessonKey>(&quiz.lesson) {
        Seen::Known(key) => mark(quiz, (&key, &lesson), before, context, (facts, rules)),
        Seen::Absent | Seen::Unknown => Ok(waits(&lesson, context)),
    }
}

fn about(lesson: &Lesson) -> About<'static> {
    About {
        kind: "quiz",
        subject: Some(lesson.code.clone()),
        ..About::default()
    }
}

/// Writes a line of history that books nothing.
fn note(
    outcome: &mut Outcome,
    lesson: &Lesson,
    context: &Context,
    state: &str,
    because: Vec<Because>,
) {
    let line = Line {
        role: "worker",
        state,
        subject: Some(lesson.code.clone()),
        because,
        ..Line::about("quiz", Beneficiary::Participant(context.actor), 0)
    };
    pay::record(outcome, context, line);
}

fn waits(lesson: &Lesson, context: &Context) -> Outcome {
    let mut outcome = Outcome::accepted();
    outcome.pending = vec![Because::new("server_marks_answers")];
    let because = outcome.pending.clone();
    note(&mut outcome, lesson, context, "pending", because);
    outcome
}

fn mark(
    quiz: &QuizSubmit,
    (key, lesson): (&LessonKey, &Lesson),
    before: Option<LessonResult>,
    context: &Context,
    (facts, rules): (&Facts, &Index),
) -> Result<Outcome, Overflow> {
    let pairs = quiz.answers.iter().zip(&key.right);
    let right = pairs.filter(|(given, right)| given == right).count();
    let passed = right == key.right.len();
    let result = LessonResult {
        lesson: lesson.code.clone(),
        right: u8::try_from(right).unwrap_or(u8::MAX),
        passed,
        tries: before
            .as_ref()
            .map_or(0, |result| result.tries)
            .saturating_add(1),
        first_ms: before.map_or(context.now_ms, |result| result.first_ms),
    };
    let mut outcome = Outcome::accepted();
    let result_id = earn::lesson_key(context.actor, &lesson.code);
    let own = [Scope::Participant(context.actor)];
    outcome.upserts.push(Upsert::of(result_id, &result, &own));
    if !passed {
        let because = vec![Because::new("answers_wrong").with("right", right)];
        note(&mut outcome, lesson, context, "rejected", because);
        return Ok(outcome);
    }
    outcome.award_keys.push(AwardKey {
        unit: format!("lesson:{}:{}", context.actor, lesson.code),
        purpose: "lesson".to_owned(),
        role: "worker".to_owned(),
    });
    let derivation = points::fixed("lesson", &lesson.code, rules.version, lesson.points);
    let desk = Desk {
        context,
        facts,
        rules,
    };
    let why = (Vec::new(), derivation);
    pay::pay_work(&mut outcome, desk, lesson.points, why, &about(lesson))?;
    Ok(outcome)
}
