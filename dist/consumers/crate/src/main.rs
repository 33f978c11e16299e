//! A program that uses the crate: encodes a message, and prints its bytes.

use graft_connect::{Operations, Result, Values};

fn main() -> Result<()> {
    let file = std::env::args().nth(1).expect("a file of descriptors");
    let descriptors = std::fs::read_to_string(file).expect("text");
    let operations = Operations::embedded(descriptors.trim());
    let values = Values::new()
        .with("input", "price")
        .with("keep", 4)
        .with("with", "•");
    let mask = operations.encode("acme.frames.v1.Mask", values)?;
    let hex: String = mask.iter().map(|byte| format!("{byte:02x}")).collect();
    println!("{hex}");
    Ok(())
}
