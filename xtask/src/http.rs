//! The smallest HTTP client that can ask a server on this machine whether it is well.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const WAIT: Duration = Duration::from_secs(2);
const ANSWER_LIMIT_BYTES: u64 = 64 * 1024;

/// `GET path` at `address`: the status code, or nothing when there is no answer that reads
/// as HTTP within two seconds.
pub fn get_status(address: SocketAddr, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address, WAIT).ok()?;
    stream.set_read_timeout(Some(WAIT)).ok()?;
    stream.set_write_timeout(Some(WAIT)).ok()?;
    // In one piece: a server that reads once and answers must see all of it.
    let asked = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).ok()?;
    let mut answer = Vec::new();
    // A server that drops the connection after its answer still answered.
    let _ = stream.take(ANSWER_LIMIT_BYTES).read_to_end(&mut answer);
    status_of(&answer)
}

fn status_of(answer: &[u8]) -> Option<u16> {
    let line = answer.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    words.next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{get_status, status_of};
    use std::io::{Read, Write};
    use std::net::TcpListener;

    #[test]
    fn the_status_line_is_read() {
        assert_eq!(status_of(b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nok"), Some(200));
        assert_eq!(status_of(b"HTTP/1.0 503 No\r\n"), Some(503));
        assert_eq!(status_of(b"SSH-2.0-OpenSSH_9.2\r\n"), None);
        assert_eq!(status_of(b"FTP/1.0 220 ready\r\n"), None);
        assert_eq!(status_of(b""), None);
    }

    #[test]
    fn a_listener_is_asked_and_a_closed_port_is_none() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 512];
            let count = stream.read(&mut asked).unwrap();
            stream.write_all(b"HTTP/1.1 204 Fine\r\n\r\n").unwrap();
            String::from_utf8_lossy(&asked[..count]).into_owned()
        });
        assert_eq!(get_status(address, "/healthz"), Some(204));
        assert!(
            server
                .join()
                .unwrap()
                .starts_with("GET /healthz HTTP/1.1\r\n")
        );
        let nobody = ([127, 0, 0, 1], 1).into();
        assert_eq!(get_status(nobody, "/healthz"), None);
    }
}
