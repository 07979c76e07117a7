//! Receipts on the phone: a photo is kept, known again without a network, and joined to what the till reported.

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrot_e2e::place::Place;
use carrot_e2e::server::Server;
use serde_json::json;

/// A picture of 96 by 96 pixels as a BMP file, with stripes that depend on `seed`.
fn picture(seed: u32) -> String {
    let side = 96_u32;
    let mut bytes = b"BM".to_vec();
    for number in [
        54 + side * side * 3,
        0,
        54,
        40,
        side,
        side,
        1 | 24 << 16,
        0,
        0,
        0,
        0,
        0,
        0,
    ] {
        bytes.extend(number.to_le_bytes());
    }
    for place in 0..side * side {
        let (x, y) = (place % side, place / side);
        let stripe = x * (seed % 5 + 1) / 17 + y * (seed % 7 + 1) / 11;
        let dark = stripe.is_multiple_of(2);
        bytes.extend([if dark { 40 } else { 220 }; 3]);
    }
    STANDARD.encode(bytes)
}

#[test]
fn f018_a_photo_of_a_receipt_is_claimed_offline_and_once() -> Result<()> {
    let place = Place::make()?;
    let mette = place.phone("mette")?;
    {
        let _server = Server::start(&place)?;
        let beans = ["--item", "9520001000201", "--seller", "Mette"];
        place.at_till("sell", &beans)?;
        mette.run(&["sync"])?;
    }
    let wish = |seed| {
        let request = json!({"image_base64": picture(seed), "product": "09520001000201",
            "number": "12/2026", "total_minor": 4_990, "day": "2026-03-02"});
        request.to_string()
    };
    let done = mette.run(&["call", "claim_photo", &wish(3)])?;
    ensure!(done["activity"]["stage"] == "queued", "{done}");
    ensure!(mette.refusal(&["call", "claim_photo", &wish(3)])? == "photo_same");
    let _server = Server::start(&place)?;
    mette.run(&["sync"])?;
    let newest = &mette.run(&["activity"])?[0];
    // The till has told of these beans: the photo is one more proof and pays nothing more.
    ensure!(
        newest["stage"] == "approved" && newest["points"] == 0,
        "{newest}"
    );
    ensure!(
        newest["because"][0]["code"] == "attached_to_existing",
        "{newest}"
    );
    Ok(())
}
