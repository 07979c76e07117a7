//! `quiz.submit`: a lesson's answers. Which are right only the server knows; elsewhere it waits.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::QuizSubmit;
use crate::entity::{Lesson, LessonKey, LessonResult};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Award, AwardKey, Because, Outcome, PotRole, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::Context;
use super::points::{self, Earned, Line};

/// Tries in one day: more would be looking for the answers, not learning them.
const TRIES_MAX: u8 = 3;
const TRIES_WINDOW_MS: i64 = 24 * 3_600_000;

pub(super) fn needs(quiz: &QuizSubmit, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Lesson>(&quiz.lesson));
    points::credit_needs(context.actor, keys);
    keys.insert(FactKey::of::<LessonKey>(&quiz.lesson));
    keys.insert(FactKey::of::<LessonResult>(points::lesson_result_id(
        context.actor,
        &quiz.lesson,
    )));
}

pub(super) fn decide(
    quiz: &QuizSubmit,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let Seen::Known(lesson) = facts.see::<Lesson>(&quiz.lesson) else {
        return Ok(Outcome::rejected(Because::new("lesson_unknown")));
    };
    if quiz.answers.len() != lesson.questions.len() {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let result_id = points::lesson_result_id(context.actor, &lesson.code);
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

fn line<'a>(lesson: &Lesson, context: &Context, state: &'a str) -> Line<'a> {
    Line {
        kind: "quiz",
        participant: context.actor,
        role: "worker",
        state,
        subject: Some(lesson.code.clone()),
        unit: None,
    }
}

fn waits(lesson: &Lesson, context: &Context) -> Outcome {
    let mut outcome = Outcome::accepted();
    outcome.pending = vec![Because::new("server_marks_answers")];
    let earned = Earned {
        pending: outcome.pending.clone(),
        ..Earned::default()
    };
    points::record(
        &mut outcome,
        context,
        line(lesson, context, "pending"),
        &earned,
    );
    outcome
}

fn mark(
    quiz: &QuizSubmit,
    (key, lesson): (&LessonKey, &Lesson),
    before: Option<LessonResult>,
    context: &Context,
    (facts, rules): (&Facts, &RuleSet),
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
    let result_id = points::lesson_result_id(context.actor, &lesson.code);
    let own = [Scope::Participant(context.actor)];
    outcome.upserts.push(Upsert::of(result_id, &result, &own));
    let points = if passed { lesson.points } else { 0 };
    let wrong = (!passed).then(|| Because::new("answers_wrong").with("right", right));
    let earned = Earned {
        points,
        derivation: points::fixed("lesson", &lesson.code, rules.version, points),
        pending: wrong.into_iter().collect(),
    };
    let state = if passed { "active" } else { "rejected" };
    points::record(&mut outcome, context, line(lesson, context, state), &earned);
    if passed {
        pay(&mut outcome, lesson, context, facts, earned)?;
    }
    Ok(outcome)
}

fn pay(
    outcome: &mut Outcome,
    lesson: &Lesson,
    context: &Context,
    facts: &Facts,
    earned: Earned,
) -> Result<(), Overflow> {
    outcome.award_keys.push(AwardKey {
        unit: format!("lesson:{}:{}", context.actor, lesson.code),
        purpose: "lesson".to_owned(),
        role: "worker".to_owned(),
    });
    outcome
        .transfers
        .push(points::credit(context.actor, earned.points, false, facts)?);
    outcome.awards.push(Award {
        participant: Some(context.actor),
        role: PotRole::Worker,
        points: earned.points,
        pending: Vec::new(),
        derivation: earned.derivation,
    });
    Ok(())
}
