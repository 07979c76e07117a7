//! The fake fiscal service at an address: `cargo run -p carrot-fakes --example receipts -- 127.0.0.1:9555`.

use carrot_fakes::{FakeReceipts, qr_at};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let addr = std::env::args().nth(1);
    let addr = addr.as_deref().unwrap_or("127.0.0.1:9555");
    let fake = FakeReceipts::listen(addr.parse().map_err(std::io::Error::other)?).await?;
    println!("{} answers; any token but `bad` is known", fake.url());
    // Today's receipts: old ones wait for a person.
    let time = jiff::Zoned::now().strftime("%Y%m%dT%H%M").to_string();
    for story in 1..=12 {
        println!("{}", qr_at(&time, (90, story), u32::from(story), "2845.38"));
    }
    fake.wait().await
}
