//! A device of ill will: it has a device's key and sends what no honest program sends. None of it may
//! have an effect.

use anyhow::{Context as _, Result};
use carrot_client::transport::Call;
use carrot_wire::push::{PushReply, PushRequest};
use carrot_wire::{Envelope, Verdict, crypto};
use ed25519_dalek::SigningKey;

use crate::faults::Fault;
use crate::fleet::Fleet;

/// Of a thousand, so many use a till's own key for a voucher.
const STEALS_PER_MILLE: u64 = 500;

impl Fleet<'_> {
    /// Repeats a device's last push with something changed, and looks that nothing follows from it.
    pub(crate) async fn rogue(&mut self, at: usize) -> Result<String> {
        let number = self.unit(at)?.number;
        let seen = self.hub.held().last_push(number);
        if self.without.contains(&Fault::Rogue) {
            return Ok("spared".to_owned());
        }
        if self.dice.chance(STEALS_PER_MILLE) {
            let tills = (0..self.units.len()).filter(|at| {
                self.units
                    .get(*at)
                    .is_some_and(|one| one.outlet().is_some())
            });
            let tills: Vec<usize> = tills.collect();
            if let Some(till) = self.dice.pick(&tills).copied() {
                return self.steal(till).await;
            }
        }
        let Some((call, request)) = seen else {
            return Ok("nothing seen".to_owned());
        };
        let Some(first) = request.commands.first() else {
            return Ok("nothing sent".to_owned());
        };
        let key = self.key_of(at)?;
        let Some(expected) = self.expected(number, &call).await? else {
            return Ok("down".to_owned());
        };
        let newest = request.commands.last().unwrap_or(first);
        let (law, sent) = self.forged(first, newest, expected, &key)?;
        self.fault(Fault::Rogue);
        let commands = vec![sent];
        let body = serde_json::to_vec(&PushRequest { commands })?;
        let Some(reply) = self.push(&Call { body, ..call }).await? else {
            return Ok("refused".to_owned());
        };
        for verdict in &reply.verdicts {
            if had_effect(verdict) {
                let detail = format!("{} was {:?}", verdict.command_id, verdict.class);
                self.broken(vec![(law, detail)]);
            }
        }
        Ok(format!("rogue {law}"))
    }

    pub(crate) async fn push(&self, call: &Call) -> Result<Option<PushReply>> {
        let Ok(answer) = self.hub.ask(call).await else {
            return Ok(None);
        };
        Ok(serde_json::from_slice(&answer.body).ok())
    }

    /// The number that the server wants next of a device, by repeating its last push. What the device
    /// signed counts, whoever brings it.
    pub(crate) async fn expected(&self, number: usize, call: &Call) -> Result<Option<i64>> {
        let Ok(answer) = self.hub.ask(call).await else {
            return Ok(None);
        };
        self.hub.held().auditor.saw(number, call, &answer);
        let reply: Option<PushReply> = serde_json::from_slice(&answer.body).ok();
        Ok(reply.map(|reply| reply.expected_seq))
    }

    pub(crate) fn key_of(&mut self, at: usize) -> Result<SigningKey> {
        let text = std::fs::read_to_string(self.unit(at)?.file("keys.json"))?;
        let keys: serde_json::Value = serde_json::from_str(&text)?;
        let seed = keys.get("seed").and_then(|seed| seed.as_str());
        let seed = hex::decode(seed.context("a seed")?)?;
        let seed: [u8; 32] = seed.try_into().ok().context("32 bytes")?;
        Ok(SigningKey::from_bytes(&seed))
    }

    /// A command that must have no effect, and the law that says so.
    fn forged(
        &mut self,
        of: &Envelope,
        newest: &Envelope,
        expected: i64,
        key: &SigningKey,
    ) -> Result<(&'static str, Envelope)> {
        let mut body = of.body().context("a body")?;
        self.next_id += 1;
        body.command_id = uuid::Uuid::from_u128(0xBAD_0000_0000_0000_0000_0000 + self.next_id);
        // Where the number is still free, other bytes under it would be the first.
        let kinds = if body.device_seq < expected { 5 } else { 3 };
        match self.dice.below(kinds) {
            // Somebody else's signature over the command that would be next.
            0 => {
                body.device_seq = expected;
                body.prev_hash = crypto::chain_hash(&newest.bytes);
                let mut forged = Envelope::seal(&body, &SigningKey::from_bytes(&[7; 32]))?;
                forged.kid.clone_from(&of.kid);
                Ok(("I15", forged))
            }
            // A number far ahead.
            1 => {
                body.device_seq += 1_000;
                Ok(("I4", Envelope::seal(&body, key)?))
            }
            // The next number, behind something that never was.
            2 => {
                body.device_seq = expected;
                body.prev_hash = crypto::chain_hash("never was");
                Ok(("I4", Envelope::seal(&body, key)?))
            }
            // The same number with other bytes.
            3 => Ok(("I5", Envelope::seal(&body, key)?)),
            // The same id and number with other arguments.
            _ => {
                body.command_id = of.body().context("a body")?.command_id;
                body.time.wall_ms += 1;
                Ok(("I5", Envelope::seal(&body, key)?))
            }
        }
    }
}

fn had_effect(verdict: &Verdict) -> bool {
    // An answer that leaves no trace has no instant.
    verdict.class.is_final() && verdict.recorded_at_ms != 0
}
