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

pub(super) fn needs(quiz: &QuizSubmit, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Lesson>(&quiz.lesson));
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
    if matches!(facts.see::<LessonResult>(&result_id), Seen::Known(result) if result.passed) {
        return Ok(Outcome::rejected(Because::new("lesson_passed_before")));
    }
    let mut outcome = Outcome::accepted();
    let line = |state| Line {
        kind: "quiz",
        participant: context.actor,
        role: "worker",
        state,
        subject: Some(lesson.code.clone()),
        unit: None,
    };
    let Seen::Known(key) = facts.see::<LessonKey>(&quiz.lesson) else {
        outcome.pending = vec![Because::new("server_marks_answers")];
        let earned = Earned {
            pending: outcome.pending.clone(),
            ..Earned::default()
        };
        points::record(&mut outcome, context, line("pending"), &earned);
        return Ok(outcome);
    };
    let right = quiz
        .answers
        .iter()
        .zip(&key.right)
        .filter(|(given, right)| given == right)
        .count();
    let passed = right == key.right.len();
    let result = LessonResult {
        lesson: lesson.code.clone(),
        right: u8::try_from(right).unwrap_or(u8::MAX),
        passed,
    };
    outcome.upserts.push(Upsert::of(
        result_id,
        &result,
        &[Scope::Participant(context.actor)],
    ));
    let points = if passed { lesson.points } else { 0 };
    let earned = Earned {
        points,
        derivation: points::fixed("lesson", &lesson.code, rules.version, points),
        pending: if passed {
            Vec::new()
        } else {
            vec![Because::new("answers_wrong").with("right", right)]
        },
    };
    points::record(
        &mut outcome,
        context,
        line(if passed { "active" } else { "rejected" }),
        &earned,
    );
    if passed {
        let unit = format!("lesson:{}:{}", context.actor, lesson.code);
        outcome.award_keys.push(AwardKey {
            unit,
            purpose: "lesson".to_owned(),
            role: "worker".to_owned(),
        });
        outcome
            .transfers
            .push(points::credit(context.actor, points, false)?);
        outcome.awards.push(Award {
            participant: Some(context.actor),
            role: PotRole::Worker,
            points,
            pending: Vec::new(),
            derivation: earned.derivation,
        });
    }
    Ok(outcome)
}
