//! Lessons and their questions.

use carrot_rules::Command;
use carrot_rules::command::QuizSubmit;
use carrot_rules::entity::{Activity, Lesson, LessonResult};
use carrot_rules::outcome::Class;
use carrot_wire::CallError;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::schema::*;

impl Api {
    pub(crate) async fn lesson(&self, request: LessonRequest) -> Answer<LessonView> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        let lesson = membership
            .thing::<Lesson>(&request.code)
            .await
            .map_err(refused)?;
        let lesson =
            lesson.ok_or_else(|| CallError::new("lesson_unknown", request.code.clone()))?;
        let result = membership
            .thing::<LessonResult>(&format!("{actor}:{}", lesson.code))
            .await
            .map_err(refused)?;
        Ok(LessonView {
            code: lesson.code,
            title: lesson.title,
            paragraphs: lesson.paragraphs,
            questions: lesson.questions,
            points: lesson.points,
            passed: result.is_some_and(|result| result.passed),
        })
    }

    pub(crate) async fn submit_quiz(&self, request: QuizAnswers) -> Answer<ActivityView> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        let outlet = self.place(&membership).await?;
        let command = Command::QuizSubmit(QuizSubmit {
            lesson: request.lesson,
            answers: request.answers,
        });
        let outcome = membership
            .preview(&command, actor, outlet)
            .await
            .map_err(refused)?;
        if outcome.class != Class::Accepted {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        let submitted = membership
            .submit(command, actor, outlet, Vec::new())
            .await
            .map_err(refused)?;
        if membership.may_answer() {
            self.try_sync(&membership).await;
        }
        let id = format!("{}:worker", submitted.command_id);
        let line = membership.thing::<Activity>(&id).await.map_err(refused)?;
        let line =
            line.ok_or_else(|| CallError::new("lesson_passed_before", "nothing was recorded"))?;
        convert::activity(&membership, line).await
    }
}
