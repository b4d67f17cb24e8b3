//! An engine with files, driven as the worker drives it: every message goes through the wire.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::fmt::Debug;

use perennial::engine::Engine;
use perennial::protocol::{FileInfo, Reply, Request, Review};
use perennial::report::{Report, Settings};
use perennial::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The job of all requests.
pub const JOB: u32 = 1;

/// An engine with files loaded, and its last reply.
pub struct Loaded {
    /// The engine.
    pub engine: Engine,
    files: Vec<(String, Vec<u8>)>,
    /// What it answered last.
    pub last: Reply,
}

/// Opens files, so many bytes at a time.
pub fn load(files: &[(&str, &[u8])], slice: usize) -> Loaded {
    load_into(Engine::with_slices_of(slice), files)
}

/// Opens files in an engine.
pub fn load_into(engine: Engine, files: &[(&str, &[u8])]) -> Loaded {
    let files: Vec<(String, Vec<u8>)> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let infos = files.iter().map(|(name, bytes)| FileInfo { name: name.clone(), size: bytes.len() as u64 }).collect();
    let mut loaded = Loaded { engine, files, last: Reply::Ready };
    loaded.ask(Request::Open { job: JOB, files: infos, options: Vec::new() });
    loaded
}

/// A message as it comes out at the other end of the wire.
fn sent<T: Serialize + DeserializeOwned + PartialEq + Debug>(message: T) -> T {
    let received = wire::read(&wire::write(&message));
    assert_eq!(received, message);
    received
}

impl Loaded {
    /// Asks, and gives every byte that is wanted.
    pub fn ask(&mut self, request: Request) {
        let mut replies = self.engine.handle(sent(request));
        while let Some(want) = self.engine.wants() {
            let from = want.offset as usize;
            replies = self.engine.feed(&self.files[want.file].1[from..from + want.len]);
        }
        self.last = sent(replies.pop().expect("every request has an answer"));
    }

    /// The review that was the last answer.
    pub fn review(&self) -> &Review {
        match &self.last {
            Reply::Review { review, .. } => review,
            other => panic!("no review but {other:?}"),
        }
    }

    /// The report under the default settings.
    pub fn report(&mut self) -> Report {
        self.report_of(&Settings::default())
    }

    /// The report under these settings.
    pub fn report_of(&mut self, settings: &Settings) -> Report {
        self.ask(Request::Compute { job: JOB, settings: Box::new(settings.clone()) });
        match &self.last {
            Reply::Report { report, .. } => (**report).clone(),
            other => panic!("no report but {other:?}"),
        }
    }
}

/// Opens one text.
pub fn one(text: &str) -> Loaded {
    load(&[("orders.csv", text.as_bytes())], 1 << 20)
}
