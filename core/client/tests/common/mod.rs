//! A device in a temporary folder, a clock that stands where a test puts it, and a server in memory.
#![allow(dead_code, unused_imports)] // each test file uses its own part

mod line;
mod server;
mod state;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use carrot_client::{Clock, Device, KeyChoice, Membership, OpenOptions, Result, Tuning};
use carrot_rules::Command;
use carrot_rules::command::GoalSet;
use tempfile::TempDir;
use uuid::Uuid;

pub use server::{Fault, Role, START_MS, Server};

/// Who owns the phone.
pub const PERSON: Uuid = Uuid::from_u128(7);

/// A clock that a test sets.
#[derive(Default)]
pub struct TestClock {
    pub wall_ms: AtomicI64,
    pub boot_ms: AtomicI64,
    pub boot: AtomicI64,
}

impl TestClock {
    /// Lets time go by on both clocks.
    pub fn pass(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
        self.boot_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        self.wall_ms.load(Ordering::SeqCst)
    }
    fn boot_id(&self) -> String {
        format!("boot-{}", self.boot.load(Ordering::SeqCst))
    }
    fn since_boot_ms(&self) -> i64 {
        self.boot_ms.load(Ordering::SeqCst)
    }
}

/// A folder, a clock and a server.
pub struct Site {
    pub dir: TempDir,
    pub clock: Arc<TestClock>,
    pub server: Arc<Server>,
    pub tuning: Tuning,
    pub keys: KeyChoice,
}

impl Site {
    pub fn new(role: Role) -> Self {
        let server = Arc::new(Server::new(role));
        let clock = TestClock::default();
        clock.pass(START_MS);
        Self {
            dir: TempDir::new().unwrap(),
            clock: Arc::new(clock),
            tuning: Tuning {
                transport: Some(server.clone()),
                ..Tuning::default()
            },
            server,
            keys: KeyChoice::InsecureFile,
        }
    }

    /// Days pass for the device and for the server.
    pub fn days_pass(&self, days: i64) {
        let ms = days * 24 * 3_600_000;
        self.clock.pass(ms);
        self.server.pass(ms);
    }

    pub async fn open(&self) -> Result<Device> {
        let options = OpenOptions {
            dir: self.dir.path().to_owned(),
            keys: self.keys,
            clock: self.clock.clone(),
        };
        Device::open_with(options, self.tuning.clone()).await
    }

    /// Opens the folder and enrols.
    pub async fn enrolled(&self) -> (Device, Arc<Membership>) {
        let device = self.open().await.unwrap();
        let code = self.server.enrolment_code();
        let membership = device.enrol(&code, "till 1").await.unwrap();
        (device, membership)
    }

    /// Opens the folder again.
    pub async fn reopened(&self) -> (Device, Arc<Membership>) {
        let device = self.open().await.unwrap();
        let membership = device.memberships().remove(0);
        (device, membership)
    }

    pub fn membership_dir(&self) -> std::path::PathBuf {
        let programme = self.server.programme().to_string();
        self.dir.path().join("m").join(programme)
    }

    /// Nothing of the outbox can be read any more.
    pub fn ruin_outbox(&self) {
        std::fs::write(self.membership_dir().join("outbox.db"), [1; 4_096]).unwrap();
    }

    /// The key of the databases, from the file where this folder keeps it.
    pub fn database_key(&self) -> [u8; 32] {
        let text = std::fs::read_to_string(self.membership_dir().join("keys.json")).unwrap();
        let keys: serde_json::Value = serde_json::from_str(&text).unwrap();
        hex::decode(keys["database"].as_str().unwrap())
            .unwrap()
            .try_into()
            .unwrap()
    }
}

pub fn goal(reward: &str) -> Command {
    Command::GoalSet(GoalSet {
        reward: Some(reward.to_owned()),
    })
}

/// Sets a goal as the phone's person.
pub async fn set_goal(membership: &Membership, reward: &str) -> Uuid {
    let submitted = membership
        .submit(goal(reward), PERSON, None, Vec::new())
        .await;
    submitted.unwrap().command_id
}

pub async fn shown_goal(membership: &Membership) -> Option<String> {
    let id = PERSON.to_string();
    let goal = membership
        .thing::<carrot_rules::entity::Goal>(&id)
        .await
        .unwrap();
    goal.and_then(|goal| goal.reward)
}

pub async fn states(membership: &Membership) -> Vec<String> {
    let mut commands = membership.commands(100).await.unwrap();
    commands.reverse();
    commands.into_iter().map(|command| command.state).collect()
}

pub fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}
