//! A small programme with a history, for tests: one outlet, its people, and a terminal whose signed
//! sales go through the same door as everybody's.

use std::path::Path;
use std::sync::Arc;

use carrot_rules::Command;
use carrot_rules::command::{BuyerRef, SaleLine, SaleRecord, SaleVoid};
use carrot_wire::envelope::CommandTime;
use carrot_wire::{CommandBody, Envelope, PROTO, crypto};
use ed25519_dalek::SigningKey;
use uuid::Uuid;

use crate::apply::apply_batch;
use crate::clock::ManualClock;
use crate::import::{
    IMPORT_KINDS, ImportKind, ImportOptions, import, import_programme, outlet_id, participant_id,
};
use crate::secrets::contact_hash;
use crate::store::{Device, DeviceRole, Store};

/// The instant of the sample's clock, UTC milliseconds.
pub(crate) const NOW_MS: i64 = 1_790_000_000_000;

/// A store with a programme and a terminal.
pub(crate) struct Sample {
    pub store: Arc<Store>,
    pub programme: Uuid,
    pub device: Device,
    key: SigningKey,
    last_hash: String,
    seq: i64,
}

fn demo(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../cli/demo/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

impl Sample {
    /// Makes it in a folder.
    pub async fn make(folder: &Path) -> Self {
        let clock = Arc::new(ManualClock::at(NOW_MS));
        let store = Arc::new(Store::open_with_clock(folder, clock).await.unwrap());
        let (programme, _) =
            import_programme(&store, "programme.json", &demo("programme.json"), false)
                .await
                .unwrap();
        for kind in &IMPORT_KINDS[..4] {
            let mut none = || Ok([0; 10]);
            let options = ImportOptions {
                today: None,
                dry_run: false,
                code_bytes: &mut none,
            };
            let kind: ImportKind = *kind;
            let file = kind.file_name();
            let report = import(&store, programme, kind, file, &demo(file), options)
                .await
                .unwrap();
            assert!(report.is_clean(), "{:?}", report.refused);
        }
        let key = SigningKey::from_bytes(&[5; 32]);
        let device = Device {
            id: Uuid::from_u128(0x7e51),
            programme,
            role: DeviceRole::Terminal,
            outlet: Some(outlet_id(programme, "elk-aarhus")),
            participant: None,
            public_key: crypto::encode(key.verifying_key().as_bytes()),
            name: "till".to_owned(),
            revoked: false,
            last_seq: 0,
            last_hash: String::new(),
            enrolled_ms: NOW_MS,
            seen_ms: NOW_MS,
            trust_version: None,
            replaced: 0,
        };
        let mut tx = store.begin(programme).await.unwrap();
        tx.insert_device(&device).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            store,
            programme,
            device,
            key,
            last_hash: String::new(),
            seq: 0,
        }
    }

    /// Signs a command as the terminal's next one.
    pub fn sign(&mut self, command: &Command) -> Envelope {
        self.seq += 1;
        let body = CommandBody {
            proto: PROTO,
            command_id: Uuid::new_v5(&self.device.id, &self.seq.to_be_bytes()),
            device_id: self.device.id,
            device_seq: self.seq,
            prev_hash: self.last_hash.clone(),
            actor_id: participant_id(self.programme, "jens"),
            programme_id: self.programme,
            outlet_id: self.device.outlet,
            kind: command.kind().as_str().to_owned(),
            kind_version: 1,
            class: command.class(),
            args: command.to_args().unwrap(),
            attachments: Vec::new(),
            basis: Default::default(),
            replaces: Vec::new(),
            time: CommandTime {
                wall_ms: NOW_MS,
                ..CommandTime::default()
            },
        };
        let envelope = Envelope::seal(&body, &self.key).unwrap();
        self.last_hash = crypto::chain_hash(&envelope.bytes);
        envelope
    }

    /// A sale of some bags of beans by Mette to Astrid.
    pub async fn sale(&mut self, pieces: i64) -> Command {
        let secrets = self.store.secrets(self.programme).await.unwrap();
        let hash = contact_hash(&secrets.contact_key, "+4520123419").unwrap();
        Command::SaleRecord(SaleRecord {
            sale_id: Uuid::new_v5(&Uuid::nil(), &(self.seq + 1).to_be_bytes()),
            buyer: Some(BuyerRef::Contact { hash }),
            seller: Some(participant_id(self.programme, "mette")),
            lines: vec![SaleLine {
                product: Some("09520001000201".to_owned()),
                quantity_micro: pieces * 1_000_000,
                amount_minor: pieces * 14_900,
                unit_code: None,
            }],
            currency: "DKK".to_owned(),
            receipt_key: None,
            part_pay_points: None,
            invoice: None,
        })
    }

    /// Sells so often, and cancels one sale when `void`.
    pub async fn sell(&mut self, times: i64, void: bool) {
        let mut commands = Vec::new();
        let mut last = None;
        for pieces in 1..=times {
            let sale = self.sale(pieces).await;
            if let Command::SaleRecord(sale) = &sale {
                last = Some(sale.sale_id);
            }
            commands.push(self.sign(&sale));
        }
        if let Some(sale_id) = last.filter(|_| void) {
            commands.push(self.sign(&Command::SaleVoid(SaleVoid { sale_id })));
        }
        let reply = apply_batch(&self.store, &self.device, &commands)
            .await
            .unwrap();
        assert!(
            reply.verdicts.iter().all(|verdict| verdict.code == "ok"),
            "{:?}",
            reply.verdicts
        );
    }
}
