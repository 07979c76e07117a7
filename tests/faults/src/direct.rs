//! A line without sockets: calls go straight into the server's router.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use carrot_client::transport::{Answer, Call, Method, NoAnswer, PieceOf, Sent, Transport};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// The router of a server in this process.
#[derive(Debug, Clone)]
pub struct Direct(pub Router);

impl Direct {
    async fn call(&self, call: Call) -> Result<Answer, NoAnswer> {
        let method = match call.method {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
        };
        let mut request = Request::builder().method(method).uri(&call.path);
        if let Some(token) = &call.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in call.piece_headers() {
            request = request.header(name, value);
        }
        let request = request
            .header(header::CONTENT_TYPE, call.mime)
            .body(Body::from(call.body))
            .map_err(|error| NoAnswer::passing(error.to_string()))?;
        let response = self.0.clone().oneshot(request).await;
        let response = response.map_err(|error| NoAnswer::passing(error.to_string()))?;
        let status = response.status().as_u16();
        let of = PieceOf::read(|name| response.headers().get(name)?.to_str().ok());
        let body = response.into_body().collect().await;
        let body = body.map_err(|error| NoAnswer::passing(error.to_string()))?;
        Ok(Answer {
            status,
            retry_after_s: None,
            body: body.to_bytes().to_vec(),
            of,
        })
    }
}

impl Transport for Direct {
    fn send<'a>(&'a self, _server: &'a str, call: Call) -> Sent<'a> {
        Box::pin(self.call(call))
    }
}

/// No network at all.
#[derive(Debug, Clone, Copy)]
pub struct Nobody;

impl Transport for Nobody {
    fn send<'a>(&'a self, _server: &'a str, _call: Call) -> Sent<'a> {
        Box::pin(async { Err(NoAnswer::passing("there is no network".to_owned())) })
    }
}
