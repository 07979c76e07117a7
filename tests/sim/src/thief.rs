//! A copied till: somebody has its key and its pictures, and sends redemptions with vouchers that were
//! used before. The programme may lose what the vouchers held, and nothing more.

use anyhow::{Context as _, Result};
use carrot_rules::Command;
use carrot_rules::command::{Cover, RewardRedeem};
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::push::PushRequest;
use carrot_wire::{CommandBody, Envelope, crypto};
use uuid::Uuid;

use crate::cast::{REWARD, REWARD_POINTS};
use crate::faults::Fault;
use crate::fleet::Fleet;
use crate::meet::Picture;

/// Redemptions that a thief sends at a time, the most.
const SENT_MAX: i64 = 4;

impl Fleet<'_> {
    /// Sends redemptions in a till's name. Behind that the till's own queue stops for good.
    pub(crate) async fn steal(&mut self, at: usize) -> Result<String> {
        let unit = self.unit(at)?;
        let (number, device) = (unit.number, unit.open()?.device_id());
        let copied = |id: Uuid| self.papers.iter().any(|paper| paper.id == id);
        let usable = |one: &&Picture| one.till == device && one.voucher.is_some_and(copied);
        let pictures: Vec<Picture> = self.pictures.iter().filter(usable).cloned().collect();
        let seen = self.hub.held().last_push(number);
        let (Some(picture), Some((call, request))) = (self.dice.pick(&pictures).cloned(), seen)
        else {
            return Ok("nothing to steal".to_owned());
        };
        let Some(last) = request.commands.last() else {
            return Ok("nothing to follow".to_owned());
        };
        let mut newest = last.clone();
        let next = newest.body().context("a body")?.device_seq + 1;
        if self.expected(number, &call).await? != Some(next) {
            return Ok("not the newest".to_owned());
        }
        let key = self.key_of(at)?;
        let mut commands = Vec::new();
        for _ in 0..self.dice.between(1, SENT_MAX) {
            let mut body = newest.body().context("a body")?;
            body.prev_hash = crypto::chain_hash(&newest.bytes);
            body.device_seq += 1;
            self.redemption(&mut body, &picture)?;
            newest = Envelope::seal(&body, &key)?;
            commands.push(newest.clone());
        }
        self.fault(Fault::Rogue);
        if let Some(voucher) = picture.voucher {
            self.stolen.insert(voucher);
        }
        self.unit(at)?.forked = true;
        let body = serde_json::to_vec(&PushRequest { commands })?;
        let told = self
            .push(&carrot_client::transport::Call { body, ..call })
            .await?;
        let told = told.map(|reply| {
            let verdicts = reply.verdicts.into_iter();
            let told: Vec<_> = verdicts.map(|one| (one.class, one.code)).collect();
            told
        });
        Ok(format!("stolen: {told:?}"))
    }

    /// Makes a command a redemption with an old answer, or with a new one of the copied phone.
    fn redemption(&mut self, body: &mut CommandBody, picture: &Picture) -> Result<()> {
        self.next_id += 1;
        let mine = |kind: u128| Uuid::from_u128((kind << 80) + self.next_id);
        body.command_id = mine(0x57EA);
        let voucher_id = picture.voucher.context("a voucher")?;
        let (mut asked, mut answer) = (picture.asked.clone(), picture.answer.clone());
        let redemption_id = mine(0x57EB);
        let paper = self
            .papers
            .iter()
            .find(|paper| paper.id == voucher_id)
            .cloned();
        let again = self.dice.chance(400);
        let paper = paper.filter(|paper| again && paper.till == body.device_id);
        if let Some(paper) = paper {
            let tag = self.unit(paper.phone)?.open()?.programme_code();
            let question = Challenge {
                terminal: body.device_id,
                nonce: redemption_id.into_bytes(),
                reward: REWARD.to_owned(),
                cost_points: REWARD_POINTS,
                at_ms: body.time.estimated_ms(),
            };
            let phone = self.key_of(paper.phone)?;
            answer = challenge::answer_with_voucher(&phone, &paper.text, &tag, &question)?;
            asked = question.to_text(&tag)?;
        }
        let participant = self.holder(picture)?;
        let command = Command::RewardRedeem(RewardRedeem {
            redemption_id,
            reward: REWARD.to_owned(),
            cost_points: REWARD_POINTS,
            participant,
            proof: answer,
            challenge: Some(asked),
            cover: Cover::Voucher { voucher_id },
        });
        command.kind().as_str().clone_into(&mut body.kind);
        body.class = command.class();
        body.args = command.to_args()?;
        body.attachments.clear();
        body.basis = Default::default();
        Ok(())
    }

    /// Whose phone answered.
    fn holder(&mut self, picture: &Picture) -> Result<Uuid> {
        let voucher = picture.voucher.context("a voucher")?;
        let paper = self.papers.iter().find(|paper| paper.id == voucher);
        let place = paper.context("a paper")?.phone;
        Ok(self.unit(place)?.actor)
    }
}
