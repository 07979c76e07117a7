//! How calls leave the device: a trait with one method, and the real thing over HTTP.

mod packed;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use carrot_sync::flight::LineFault;
use carrot_wire::hint::SILENCE_SECONDS_MAX;
use carrot_wire::packing::Coding;
use reqwest::header;

use packed::Takers;

/// The most bytes of an answer that are read.
pub const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
/// How long a call may take, seconds.
const CALL_SECONDS_MAX: u64 = 60;
/// How long an answer without an end may go on before it is asked for again.
const LISTEN_MAX: Duration = Duration::from_secs(3_600);
/// How long a server may say nothing on such a line.
const SILENCE_MAX: Duration = Duration::from_secs(SILENCE_SECONDS_MAX);
/// How long a connection may take, seconds.
const CONNECT_SECONDS_MAX: u64 = 10;

/// HTTP: what a server says that could not read a body.
const NOT_READ: [u16; 2] = [400, 415];

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// HEAD
    Head,
    /// POST
    Post,
    /// PUT
    Put,
}

/// A call to the server.
#[derive(Debug, Clone)]
pub struct Call {
    /// Method.
    pub method: Method,
    /// Path, with its leading slash.
    pub path: String,
    /// Access token.
    pub bearer: Option<String>,
    /// Media type of the body.
    pub mime: String,
    /// Body.
    pub body: Vec<u8>,
    /// Only a piece of the answer is wanted.
    pub piece: Option<Piece>,
}

impl Call {
    /// The headers that ask for the piece; none for a whole.
    #[must_use]
    pub fn piece_headers(&self) -> Vec<(&'static str, String)> {
        self.piece.iter().flat_map(Piece::headers).collect()
    }
}

/// A piece of an answer, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The first byte.
    pub from: u64,
    /// The most bytes.
    pub bytes: u64,
    /// The version that it goes on with; none for the first piece of whichever there is.
    pub version: Option<String>,
}

impl Piece {
    /// As HTTP says it: names and values of headers.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let last = self.from.saturating_add(self.bytes.max(1)) - 1;
        let range = ("range", format!("bytes={}-{last}", self.from));
        let version = self.version.iter();
        let only = version.map(|version| ("if-match", format!("\"{version}\"")));
        only.chain([range]).collect()
    }
}

/// What an answer is a piece of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceOf {
    /// Its version.
    pub version: String,
    /// The piece's first byte.
    pub from: u64,
    /// Bytes of the whole.
    pub total: u64,
}

impl PieceOf {
    /// From the values of `ETag` and `Content-Range`, which `named` looks up; none when the answer is
    /// not a piece of a known whole.
    #[must_use]
    pub fn read<'a>(named: impl Fn(&'static str) -> Option<&'a str>) -> Option<Self> {
        let version = named("etag")?.strip_prefix('"')?.strip_suffix('"')?;
        let range = named("content-range")?.strip_prefix("bytes ")?;
        let (span, total) = range.split_once('/')?;
        let version = version.to_owned();
        Some(Self {
            version,
            from: span.split_once('-')?.0.parse().ok()?,
            total: total.parse().ok()?,
        })
    }
}

/// The server's answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Retry-After`, seconds.
    pub retry_after_s: Option<u64>,
    /// Body.
    pub body: Vec<u8>,
    /// What the body is a piece of; none for a whole.
    pub of: Option<PieceOf>,
}

/// No answer: it cannot be known whether the call had an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoAnswer {
    /// What kept it, for people who look after servers.
    pub detail: String,
    /// Whether asking again soon may help.
    pub fault: LineFault,
}

impl NoAnswer {
    /// A fault that may pass in a moment.
    #[must_use]
    pub fn passing(detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            fault: LineFault::Passing,
        }
    }
}

/// What [`Transport::send`] returns.
pub type Sent<'a> = Pin<Box<dyn Future<Output = Result<Answer, NoAnswer>> + Send + 'a>>;

/// Takes the pieces of an answer without an end.
pub type Hear<'a> = &'a mut (dyn FnMut(&[u8]) + Send);

/// Sends calls.
pub trait Transport: Send + Sync {
    /// True when [`Transport::listen`] works.
    fn listens(&self) -> bool {
        false
    }

    /// Sends one call and hands over the pieces of its answer as they come, until it ends. An answer
    /// that is no success comes back whole.
    fn listen<'a>(&'a self, _server: &'a str, _call: Call, _hear: Hear<'a>) -> Sent<'a> {
        Box::pin(async { Err(NoAnswer::passing("this transport does not listen")) })
    }

    /// Sends one call to the server at this address.
    fn send<'a>(&'a self, server: &'a str, call: Call) -> Sent<'a>;
}

/// The real transport.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    takers: Arc<Takers>,
}

impl HttpTransport {
    /// A client with the ring provider. Errors when the platform gives no TLS roots.
    pub fn new() -> Result<Self, NoAnswer> {
        // A second installation in one process is refused, and the first one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(CALL_SECONDS_MAX))
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
            .build()
            .map_err(|error| NoAnswer::passing(error.to_string()))?;
        Ok(Self {
            client,
            takers: Arc::default(),
        })
    }

    async fn call(&self, server: &str, call: Call) -> Result<Answer, NoAnswer> {
        let packed = self.takers.packed(server, &call.mime, &call.body);
        if let Some((coding, body)) = packed {
            let packed = Call {
                body,
                ..call.clone()
            };
            let (answer, takes) = self.sent(server, packed, Some(coding)).await?;
            // Without a word about it the server is another one by now, and could not read this.
            if takes >= Some(coding) || !NOT_READ.contains(&answer.status) {
                return Ok(answer);
            }
        }
        Ok(self.sent(server, call, None).await?.0)
    }

    /// Sends a call as it is; answers also the best coding of bodies that the server takes.
    async fn sent(
        &self,
        server: &str,
        call: Call,
        packed: Option<Coding>,
    ) -> Result<(Answer, Option<Coding>), NoAnswer> {
        let whole_wanted = call.piece.is_none();
        let mut request = self.request(server, call);
        if let Some(coding) = packed {
            request = request.header(header::CONTENT_ENCODING, coding.name());
        }
        if whole_wanted {
            request = request.header(header::ACCEPT_ENCODING, Coding::Gzip.name());
        }
        let response = request.send().await.map_err(no_answer)?;
        let takes = named(&response, &header::ACCEPT_ENCODING);
        self.takers.note(server, takes);
        Ok((whole(response).await?, takes))
    }

    async fn heard(&self, server: &str, call: Call, hear: Hear<'_>) -> Result<Answer, NoAnswer> {
        let request = self.request(server, call).timeout(LISTEN_MAX);
        let silent = |_| NoAnswer::passing("the server fell silent");
        let sent = tokio::time::timeout(SILENCE_MAX, request.send());
        let mut response = sent.await.map_err(silent)?.map_err(no_answer)?;
        if !response.status().is_success() {
            return whole(response).await;
        }
        loop {
            let piece = tokio::time::timeout(SILENCE_MAX, response.chunk());
            match piece.await.map_err(silent)?.map_err(no_answer)? {
                Some(bytes) => hear(&bytes),
                None => break,
            }
        }
        Ok(Answer {
            status: response.status().as_u16(),
            retry_after_s: None,
            body: Vec::new(),
            of: None,
        })
    }

    fn request(&self, server: &str, call: Call) -> reqwest::RequestBuilder {
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
        };
        let url = format!("{}{}", server.trim_end_matches('/'), call.path);
        let mut request = self.client.request(method, url);
        if let Some(token) = &call.bearer {
            request = request.bearer_auth(token);
        }
        for (name, value) in call.piece_headers() {
            request = request.header(name, value);
        }
        if !call.body.is_empty() {
            request = request
                .header(header::CONTENT_TYPE, call.mime)
                .body(call.body);
        }
        request
    }
}

/// Reads an answer to its end.
async fn whole(mut response: reqwest::Response) -> Result<Answer, NoAnswer> {
    let retry_after_s = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let of = PieceOf::read(|name| response.headers().get(name)?.to_str().ok());
    let status = response.status().as_u16();
    let packed = named(&response, &header::CONTENT_ENCODING) == Some(Coding::Gzip);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(no_answer)? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(NoAnswer::passing("the answer is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    if packed {
        body = packed::unpacked(&body)?;
    }
    Ok(Answer {
        status,
        retry_after_s,
        body,
        of,
    })
}

/// The best coding that a header of an answer names, in one value or several.
fn named(response: &reqwest::Response, header: &header::HeaderName) -> Option<Coding> {
    let values = response.headers().get_all(header).into_iter();
    let names = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    names
        .filter_map(|name| Coding::named(name.trim_ascii()))
        .max()
}

fn no_answer(error: reqwest::Error) -> NoAnswer {
    // The outermost text names only the address; the cause is further in.
    let mut detail = error.to_string();
    let mut fault = LineFault::Passing;
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        detail = format!("{detail}: {inner}");
        if error.is_connect() && lasts(inner) {
            fault = LineFault::Lasting;
        }
        cause = inner.source();
    }
    NoAnswer { detail, fault }
}

/// True for a certificate that is not trusted. A name that is not known is told apart by its text
/// alone: resolvers have no error type of their own here.
fn lasts(cause: &(dyn std::error::Error + 'static)) -> bool {
    let tls = cause.downcast_ref::<rustls::Error>().is_some()
        || cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .is_some_and(|inner| inner.is::<rustls::Error>());
    tls || cause.to_string() == "dns error"
}

impl Transport for HttpTransport {
    fn send<'a>(&'a self, server: &'a str, call: Call) -> Sent<'a> {
        Box::pin(self.call(server, call))
    }

    fn listens(&self) -> bool {
        true
    }

    fn listen<'a>(&'a self, server: &'a str, call: Call, hear: Hear<'a>) -> Sent<'a> {
        Box::pin(self.heard(server, call, hear))
    }
}
