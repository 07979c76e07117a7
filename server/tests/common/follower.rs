//! What a device keeps of feeds, checked page by page.

use std::collections::BTreeMap;

use carrot_rules::Scope;
use carrot_wire::crypto;
use carrot_wire::pull::PullReply;
use serde_json::{Value, json};

use super::{Device, World};

/// What a device would keep: cursor and digest per scope, checked at each page.
#[derive(Default)]
pub struct Follower {
    pub scopes: BTreeMap<Scope, (String, i64, String)>,
    pub texts: Vec<String>,
}

impl Follower {
    pub fn cursors(&self) -> Value {
        let cursors = self.scopes.iter();
        cursors
            .map(|(id, (epoch, after, _))| json!({"id": id, "epoch": epoch, "after": after}))
            .collect()
    }

    pub fn apply(&mut self, reply: PullReply) {
        for page in reply.scopes {
            let (epoch, after, digest) = self.scopes.entry(page.id).or_default();
            if page.reset {
                (*after, *digest) = (0, String::new());
            }
            assert_eq!(page.first, *after + 1);
            for text in page.changes {
                *after += 1;
                *digest = crypto::digest_after(digest, *after, &text);
                self.texts.push(text);
            }
            assert_eq!((page.last, &page.digest_at_last), (*after, &*digest));
            *epoch = page.epoch;
        }
    }

    pub async fn follow(&mut self, world: &World, device: &Device, max_bytes: usize) -> usize {
        for round in 1.. {
            let reply = device.pull(world, self.cursors(), max_bytes).await;
            let more = reply.more;
            self.apply(reply);
            if !more {
                return round;
            }
            assert!(round < 1_000);
        }
        unreachable!()
    }
}
