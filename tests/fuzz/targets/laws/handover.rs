//! What must hold of any file that a device's queue is handed over in: what reads is written as what
//! reads the same, and no command in it counts that the device did not sign.

use carrot_wire::handover::Handover;
use ed25519_dalek::SigningKey;

/// Checks a file's text.
pub fn hold(text: &str) {
    let Ok(read) = serde_json::from_str::<Handover>(text) else {
        return;
    };
    let written = serde_json::to_string(&read).expect("a file is plain data");
    assert_eq!(
        serde_json::from_str::<Handover>(&written).ok().as_ref(),
        Some(&read)
    );
    // Nobody holds the key.
    let nobody = SigningKey::from_bytes(&[201; 32]).verifying_key();
    for envelope in &read.commands {
        assert!(envelope.verify(&nobody).is_err());
        if let Ok(body) = envelope.body() {
            let _ = body.time.estimated_ms();
            let _ = body.command();
        }
    }
}
