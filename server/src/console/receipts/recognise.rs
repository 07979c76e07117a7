//! Lets a recogniser read a file or a photo that has arrived, for whoever decides.

use std::time::Duration;

use axum::extract::State;
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrot_rules::entity::Receipt;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::console::ConsoleState;
use crate::console::reply::{Answer, Body, Refusal};
use crate::console::rights::Caller;
use crate::receipts::recognise::{Candidate, Paragon, Process, Recogniser, recognise};

/// How long a recogniser may take.
const TIME: Duration = Duration::from_secs(20);

/// `POST /v1/console/receipt-recognition`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct RecogniseWish {
    /// `paragon` for an electronic receipt of a Polish till, `ocr` for a picture.
    pub recogniser: String,
    /// The file, base64; none for a photo that has arrived.
    pub file_base64: Option<String>,
    /// SHA-256 of a photo that has arrived, hex.
    pub photo: Option<String>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Recognised {
    /// What the recogniser makes of it.
    pub candidate: Candidate,
    /// True when a receipt with this key was claimed before.
    pub known: bool,
}

/// Reads a file or a photo. Nothing is decided by it.
#[utoipa::path(post, path = "/v1/console/receipt-recognition", tag = "console", request_body = RecogniseWish, responses(
    (status = 200, description = "what was read", body = Recognised),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`photo_unknown`"),
    (status = 409, description = "`not_recognised`, with `why`"),
))]
pub async fn read(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<RecogniseWish>,
) -> Answer<Recognised> {
    let (store, programme) = (state.store(), caller.programme);
    let bytes = match (&wish.file_base64, &wish.photo) {
        (Some(file), None) => STANDARD
            .decode(file.trim())
            .map_err(|_| Refusal::new("bad_input", "the file is not base64"))?,
        (None, Some(photo)) => {
            let unknown = || Refusal::new("photo_unknown", "no such photo");
            store.blob(programme, photo).await?.ok_or_else(unknown)?;
            tokio::fs::read(store.blob_path(photo)).await?
        }
        _ => return Err(Refusal::new("bad_input", "a file or a photo")),
    };
    let recogniser: Box<dyn Recogniser> = match wish.recogniser.as_str() {
        "paragon" => Box::new(Paragon {
            key: store.paragon_key(programme).await?,
        }),
        "ocr" => Box::new(Process::tesseract()),
        _ => return Err(Refusal::new("bad_input", "no such recogniser")),
    };
    let candidate = recognise(recogniser.as_ref(), &bytes, TIME)
        .await
        .map_err(|why| {
            let refusal = carrot_wire::CallError::new("not_recognised", "nothing was read");
            Refusal::of(refusal.with("why", why.word()))
        })?;
    let known = match &candidate.key {
        Some(key) => {
            let receipt: Option<Receipt> = store.entity(programme, key).await?;
            receipt.is_some_and(|receipt| receipt.claimed_by.is_some() || receipt.cancelled)
        }
        None => false,
    };
    Ok(Json(Recognised { candidate, known }))
}
