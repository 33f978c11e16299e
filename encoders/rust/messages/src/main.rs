//! Writes Rust code for the messages of `spark.connect` in a set of descriptors.
//!
//!     graft-connect-messages DESCRIPTORS FOLDER

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(descriptors), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("wanted: DESCRIPTORS FOLDER".into());
    };
    prost_build::Config::new()
        .skip_protoc_run()
        .file_descriptor_set_path(descriptors)
        .out_dir(&folder)
        .enable_type_names()
        // Not copied when a response is read.
        .bytes([".spark.connect.ExecutePlanResponse.ArrowBatch.data"])
        .compile_protos(&["spark/connect/base.proto"], &["."])?;
    Ok(())
}
