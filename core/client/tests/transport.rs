//! The real transport: an answer without an end, refusals, packed bodies, and what kind of fault kept a
//! call away.

use carrot_client::transport::{Call, HttpTransport, Method, Transport};
use carrot_sync::flight::LineFault;
use carrot_wire::packing::Coding;
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

/// A server that answers calls with these, a connection for each; answers its address and the calls, head
/// and body.
async fn answering(
    answers: Vec<Vec<u8>>,
) -> (String, tokio::task::JoinHandle<Vec<(String, Vec<u8>)>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut calls = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte).await.unwrap();
                head.extend_from_slice(&byte);
            }
            let head = String::from_utf8(head).unwrap().to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let mut body = vec![0; length.unwrap().parse().unwrap()];
            stream.read_exact(&mut body).await.unwrap();
            stream.write_all(&answer).await.unwrap();
            calls.push((head, body));
        }
        calls
    });
    (address, task)
}

fn packed(body: &[u8]) -> Vec<u8> {
    Coding::Gzip.packed(body).unwrap()
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn bodies_are_packed_for_a_server_that_takes_it_and_sent_again_to_one_that_no_longer_does() {
    let older = "accept-encoding: gzip\r\n";
    let newer = "accept-encoding: gzip\r\naccept-encoding: carrot1\r\n";
    let listed = "accept-encoding: carrot1, gzip\r\ncontent-encoding: gzip\r\n";
    let (address, server) = answering(vec![
        answer("200 OK", newer, b"first"),
        answer("200 OK", listed, &packed(b"second")),
        answer("400 Bad Request", newer, b"third"),
        answer("415 Unsupported Media Type", older, b"what is this"),
        answer("200 OK", older, b"fourth"),
        answer("400 Bad Request", "", b"what is this"),
        answer("200 OK", "", b"fifth"),
        answer("200 OK", "", b"sixth"),
    ])
    .await;
    let transport = HttpTransport::new().unwrap();
    let body = "{\"a\": 1}".repeat(100).into_bytes();
    let expected = [
        (200, "first"),
        (200, "second"),
        (400, "third"),
        (200, "fourth"),
        (200, "fifth"),
        (200, "sixth"),
    ];
    for (status, expected) in expected {
        let push = Call {
            method: Method::Post,
            path: "/v1/commands".to_owned(),
            mime: "application/json".to_owned(),
            body: body.clone(),
            ..call()
        };
        let answer = transport.send(&address, push).await.unwrap();
        assert_eq!(answer.status, status);
        assert_eq!(answer.body, expected.as_bytes());
    }
    let calls = server.await.unwrap();
    let came = calls.iter().map(|(head, came)| {
        assert!(head.contains("accept-encoding: gzip"), "{head}");
        let is = |coding: &Coding| head.contains(&format!("content-encoding: {coding}\r\n"));
        let coding = Coding::ALL.into_iter().find(is);
        let plain = coding.map(|coding| coding.unpacked(came, body.len()).unwrap());
        assert_eq!(plain.as_ref().unwrap_or(came), &body);
        coding
    });
    let (gzip, ours) = (Some(Coding::Gzip), Some(Coding::Carrot1));
    let expected = [None, ours, ours, ours, None, gzip, None, None];
    assert_eq!(came.collect::<Vec<_>>(), expected);
}
