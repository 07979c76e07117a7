//! The way to the server in memory: calls that arrive, get lost, hang or are refused, and open lines.

use carrot_client::transport::{Answer, Call, Hear, NoAnswer, Sent, Transport};
use serde_json::json;

use super::server::{Fault, Server};

fn refusal(status: u16, code: &str, retry_after_s: Option<u64>) -> Answer {
    let error = json!({"error": {"code": code, "params": {}, "detail": "scripted"}});
    let body = serde_json::to_vec(&error).unwrap();
    Answer {
        status,
        retry_after_s,
        body,
        of: None,
    }
}

impl Transport for Server {
    fn listens(&self) -> bool {
        self.hints.is_some()
    }

    fn listen<'a>(&'a self, _server: &'a str, call: Call, hear: Hear<'a>) -> Sent<'a> {
        Box::pin(async move {
            let mut told = self.hints.as_ref().unwrap().subscribe();
            if let Some(Fault::Refuse(status, code, retry)) = self.take_fault(&call.path) {
                return Ok(refusal(status, code, retry));
            }
            let held = call.bearer.unwrap_or_default();
            if !self.with(|state| state.tokens.contains(&held)) {
                return Ok(refusal(401, "token_invalid", None));
            }
            hear(b": open\n\n");
            loop {
                match told.recv().await {
                    Ok(text) if text == "break" => {
                        return Err(NoAnswer::passing("the line broke"));
                    }
                    Ok(text) => hear(text.as_bytes()),
                    Err(_) => return Err(NoAnswer::passing("closed")),
                }
            }
        })
    }

    fn send<'a>(&'a self, _server: &'a str, call: Call) -> Sent<'a> {
        Box::pin(async move {
            // A call takes a while, so that two at once would be seen.
            self.with(|state| {
                state.flying += 1;
                state.flying_max = state.flying_max.max(state.flying);
            });
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            self.with(|state| state.flying -= 1);
            if self.with(|state| state.down) {
                return Err(NoAnswer::passing("down"));
            }
            let fault = self.take_fault(&call.path);
            match &fault {
                Some(Fault::LoseRequest) => return Err(NoAnswer::passing("lost")),
                Some(Fault::Refuse(status, code, retry)) => {
                    return Ok(refusal(*status, code, *retry));
                }
                _ => {}
            }
            if let Some(query) = call.path.strip_prefix("/v1/burnt") {
                return Ok(self.burnt(query));
            }
            let answer = self.answer(&call);
            if matches!(fault, Some(Fault::Hang)) {
                std::future::pending::<()>().await;
            }
            if matches!(fault, Some(Fault::LoseReply)) {
                return Err(NoAnswer::passing("lost"));
            }
            let mut value = match answer {
                Ok(value) => value,
                Err((status, code)) => return Ok(refusal(status, code, None)),
            };
            if let Some(Fault::Change(change)) = fault {
                change(&mut value);
            }
            let body = serde_json::to_vec(&value).unwrap();
            Ok(Answer {
                status: 200,
                retry_after_s: None,
                body,
                of: None,
            })
        })
    }
}
