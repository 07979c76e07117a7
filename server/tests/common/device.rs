//! A device that enrols over HTTP and signs commands into its own chain.

use carrot_rules::command::{
    BuyerRef, ClaimSubmit, Cover, Evidence, LeaseRequest, RewardRedeem, SaleLine, SaleRecord,
};
use carrot_rules::{Command, Scope};
use carrot_server::create_enrolment;
use carrot_server::store::DeviceRole;
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE, DOMAIN_ENROL};
use carrot_wire::enrol::{EnrolReply, EnrolmentCode};
use carrot_wire::envelope::{Basis, CommandTime};
use carrot_wire::pull::PullReply;
use carrot_wire::push::PushReply;
use carrot_wire::{CommandBody, Envelope, Verdict, member};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CASHIER, CONTACT, OUTLET, PRODUCT, PROGRAMME, START_MS, World};

/// A device with its key, chain and session.
#[derive(Clone)]
pub struct Device {
    pub id: Uuid,
    pub key: SigningKey,
    pub actor: Uuid,
    pub outlet: Option<Uuid>,
    pub seq: i64,
    pub prev: String,
    pub token: String,
    pub now_ms: i64,
    pub pass: Option<String>,
}

/// Asks for a code's secret.
pub async fn code(
    world: &World,
    role: DeviceRole,
    outlet: Option<Uuid>,
    person: Option<Uuid>,
) -> String {
    let mut tx = world.begin().await;
    let text = create_enrolment(&mut tx, role, outlet, person, "http://127.0.0.1:1/")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    EnrolmentCode::from_text(&text).unwrap().secret
}

/// The body of an enrolment with this key.
pub fn enrolment(secret: &str, key: &SigningKey) -> Value {
    json!({
        "proto": 1, "secret": secret, "device_name": "Test",
        "public_key": crypto::encode(key.verifying_key().as_bytes()),
        "proof": crypto::sign(key, DOMAIN_ENROL, secret.as_bytes()),
    })
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

impl Device {
    pub async fn terminal(world: &World, seed: u8) -> Self {
        let secret = code(world, DeviceRole::Terminal, Some(OUTLET), None).await;
        Self::enrol(world, &secret, key(seed), CASHIER, Some(OUTLET)).await
    }

    pub async fn phone(world: &World, seed: u8, person: Uuid) -> Self {
        let secret = code(world, DeviceRole::Phone, None, Some(person)).await;
        Self::enrol(world, &secret, key(seed), person, Some(OUTLET)).await
    }

    pub async fn enrol(
        world: &World,
        secret: &str,
        key: SigningKey,
        actor: Uuid,
        outlet: Option<Uuid>,
    ) -> Self {
        let (status, reply) = world.post("/v1/enrol", None, enrolment(secret, &key)).await;
        assert_eq!(status, 200, "{reply}");
        let reply: EnrolReply = serde_json::from_value(reply).unwrap();
        let trust = [crypto::public_key(&reply.trust[0]).unwrap()];
        let certificate = reply.certificate.open(&trust).unwrap();
        let mut device = Self {
            id: reply.device_id,
            key,
            actor,
            outlet,
            seq: 0,
            prev: String::new(),
            token: String::new(),
            now_ms: START_MS,
            pass: certificate.member_pass,
        };
        device.token = device.sign_in(world).await;
        device
    }

    pub async fn sign_in(&self, world: &World) -> String {
        let (_, asked) = world
            .post("/v1/challenge", None, json!({"device_id": self.id}))
            .await;
        let challenge = asked["challenge"].as_str().unwrap();
        let signature = crypto::sign(&self.key, DOMAIN_CHALLENGE, challenge.as_bytes());
        let body = json!({"device_id": self.id, "challenge": challenge, "signature": signature});
        let (status, reply) = world.post("/v1/token", None, body).await;
        assert_eq!(status, 200, "{reply}");
        reply["token"].as_str().unwrap().to_owned()
    }

    /// The next command's body, unsigned; does not move the chain on.
    pub fn body(&self, command: &Command) -> CommandBody {
        CommandBody {
            proto: 1,
            command_id: Uuid::new_v4(),
            device_id: self.id,
            device_seq: self.seq + 1,
            prev_hash: self.prev.clone(),
            actor_id: self.actor,
            programme_id: PROGRAMME,
            outlet_id: self.outlet,
            kind: command.kind().as_str().to_owned(),
            kind_version: 1,
            class: command.class(),
            args: command.to_args().unwrap(),
            attachments: Vec::new(),
            basis: Basis::default(),
            replaces: Vec::new(),
            time: CommandTime {
                wall_ms: self.now_ms,
                ..CommandTime::default()
            },
        }
    }

    /// Signs a body and moves the chain on.
    pub fn seal(&mut self, body: &CommandBody) -> Envelope {
        let envelope = Envelope::seal(body, &self.key).unwrap();
        self.seq = body.device_seq;
        self.prev = crypto::chain_hash(&envelope.bytes);
        envelope
    }

    pub fn sign(&mut self, command: &Command) -> Envelope {
        let body = self.body(command);
        self.seal(&body)
    }

    pub async fn push(&self, world: &World, commands: &[Envelope]) -> PushReply {
        let body = json!({"commands": commands});
        let (status, reply) = world.post("/v1/commands", Some(&self.token), body).await;
        assert_eq!(status, 200, "{reply}");
        serde_json::from_value(reply).unwrap()
    }

    /// Signs and pushes one command; its verdict.
    pub async fn run(&mut self, world: &World, command: &Command) -> Verdict {
        let envelope = self.sign(command);
        let mut reply = self.push(world, &[envelope]).await;
        reply.verdicts.pop().unwrap()
    }

    pub async fn pull(&self, world: &World, cursors: Value, max_bytes: usize) -> PullReply {
        let body = json!({"proto": 1, "scopes": cursors, "max_bytes": max_bytes});
        let (status, reply) = world.post("/v1/pull", Some(&self.token), body).await;
        assert_eq!(status, 200, "{reply}");
        serde_json::from_value(reply).unwrap()
    }

    /// This phone's rotating code at the instant.
    pub fn rotating_code(&self, at_ms: i64, nonce: u64) -> String {
        member::make(
            &self.key,
            self.pass.as_deref().unwrap(),
            "morgen",
            at_ms,
            nonce,
        )
        .unwrap()
    }
}

pub fn line(pieces: i64) -> SaleLine {
    SaleLine {
        product: Some(PRODUCT.to_owned()),
        quantity_micro: pieces * 1_000_000,
        amount_minor: pieces * 49_900,
        unit_code: None,
    }
}

pub fn sale(seller: Option<Uuid>, pieces: i64, receipt: Option<&str>) -> SaleRecord {
    SaleRecord {
        sale_id: Uuid::new_v4(),
        buyer: Some(BuyerRef::Contact {
            hash: CONTACT.to_owned(),
        }),
        seller,
        lines: vec![line(pieces)],
        currency: "DKK".to_owned(),
        receipt_key: receipt.map(str::to_owned),
        part_pay_points: None,
        invoice: None,
    }
}

pub fn claim_code(code: &str) -> Command {
    let evidence = Evidence::Code {
        code: code.to_owned(),
        product: None,
    };
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence,
    })
}

pub fn claim_receipt(key: &str) -> Command {
    let evidence = Evidence::Receipt {
        key: key.to_owned(),
        product: Some(PRODUCT.to_owned()),
        total_minor: None,
        fiscal: None,
    };
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence,
    })
}

pub fn lease(device: Uuid, points: i64) -> Command {
    Command::LeaseRequest(LeaseRequest {
        lease_id: device,
        points,
    })
}

/// Online the phone shows its rotating code; under a lease it answers the terminal's question.
pub fn redeem(phone: &Device, cost_points: i64, cover: Cover, at_ms: i64, nonce: u64) -> Command {
    let (mut proof, mut challenge) = (phone.rotating_code(at_ms, nonce), None);
    if let Cover::Lease { lease_id } = cover {
        let asked = Challenge {
            terminal: lease_id,
            nonce: Uuid::from_u128(nonce.into()).into_bytes(),
            reward: "MUG".to_owned(),
            cost_points,
            at_ms,
        };
        let pass = phone.pass.as_deref().unwrap();
        proof = challenge::answer_with_pass(&phone.key, pass, "morgen", &asked).unwrap();
        challenge = Some(asked.to_text("morgen").unwrap());
    }
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::new_v4(),
        reward: "MUG".to_owned(),
        cost_points,
        participant: phone.actor,
        proof,
        challenge,
        cover,
    })
}

pub fn outlet_scope() -> String {
    Scope::Outlet(OUTLET).to_string()
}
