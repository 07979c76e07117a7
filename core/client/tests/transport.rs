//! The real transport: an answer without an end, refusals, and what kind of fault kept a call away.

use carrot_client::transport::{Call, HttpTransport, Method, Transport};
use carrot_sync::flight::LineFault;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

fn call() -> Call {
    Call {
        method: Method::Get,
        path: "/v1/hints".to_owned(),
        bearer: Some("token".to_owned()),
        mime: String::new(),
        body: Vec::new(),
        piece: None,
    }
}

/// A server that answers one call with these pieces, each when the one before it has left; answers its
/// address and the head of the call.
async fn once(pieces: Vec<&'static str>) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut head, mut buffer) = (Vec::new(), [0; 1_024]);
        while !head.ends_with(b"\r\n\r\n") {
            let read = stream.read(&mut buffer).await.unwrap();
            head.extend_from_slice(&buffer[..read]);
        }
        for piece in pieces {
            stream.write_all(piece.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
            tokio::task::yield_now().await;
        }
        String::from_utf8(head).unwrap()
    });
    (address, task)
}

#[tokio::test]
async fn an_answer_without_an_end_is_heard_piece_by_piece() {
    let (address, server) = once(vec![
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n",
        "8\r\n: open\n\n\r\n",
        "9\r\ndata: {}\n\r\n",
        "0\r\n\r\n",
    ])
    .await;
    let transport = HttpTransport::new().unwrap();
    assert!(transport.listens());
    let mut heard = Vec::new();
    let mut hear = |bytes: &[u8]| heard.extend_from_slice(bytes);
    let answer = transport.listen(&address, call(), &mut hear).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(heard, b": open\n\ndata: {}\n");
    let head = server.await.unwrap().to_lowercase();
    assert!(head.starts_with("get /v1/hints "), "{head}");
    assert!(head.contains("authorization: bearer token"), "{head}");
}

#[tokio::test]
async fn a_refusal_comes_back_whole_and_a_broken_line_is_a_passing_fault() {
    let (address, _server) = once(vec![
        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\nwait",
    ])
    .await;
    let transport = HttpTransport::new().unwrap();
    let mut never = |bytes: &[u8]| panic!("heard {bytes:?}");
    let answer = transport.listen(&address, call(), &mut never).await;
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.retry_after_s), (429, Some(7)));
    assert_eq!(answer.body, b"wait");
    let (address, _server) = once(vec![
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        "8\r\n: op",
    ])
    .await;
    let mut some = |_: &[u8]| {};
    let broken = transport.listen(&address, call(), &mut some).await;
    assert_eq!(broken.unwrap_err().fault, LineFault::Passing);
}

#[tokio::test]
async fn a_closed_port_may_open_and_an_unknown_name_stays_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let transport = HttpTransport::new().unwrap();
    let closed = transport.send(&address, call()).await.unwrap_err();
    assert_eq!(closed.fault, LineFault::Passing, "{}", closed.detail);
    // A name that cannot be one: no resolver is asked.
    let name = format!("http://{}.invalid", "x".repeat(64));
    let unknown = transport.send(&name, call()).await.unwrap_err();
    assert_eq!(unknown.fault, LineFault::Lasting, "{}", unknown.detail);
}
