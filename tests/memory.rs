//! Files made to fill the memory: what is held of them does not grow with them.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use perennial::engine::Engine;
use perennial::ingest::unpack::Damage;
use perennial::protocol::{FileInfo, Problem, Reply, Request, Review};

/// Counts what is allocated.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator as it is; the counts have no part in it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const HEADER: &[u8] = b"order_id,customer_id,order_date,amount\n";
const MB: usize = 1 << 20;

/// So many orders, which begin with this letter.
fn rows(letter: char, count: usize) -> Vec<u8> {
    let row = |n| format!("{letter}{n},C{},2026-0{}-1{},10.00\n", n % 10, n % 9 + 1, n % 7);
    (0..count).map(row).collect::<String>().into_bytes()
}

/// So many orders of a quarter as many customers, in order of time.
fn many(count: usize) -> Vec<u8> {
    let row =
        |n| format!("O{n:07},C{:07},20{:02}-0{}-1{},10.00\n", n % (count / 4), n * 9 / count + 10, n % 9 + 1, n % 7);
    (0..count).map(row).collect::<String>().into_bytes()
}

/// A file that is made as it is read: a beginning, a piece so many times over, an end.
struct Made {
    parts: Vec<(Vec<u8>, usize)>,
}

impl Made {
    fn new(beginning: &[&[u8]], piece: Vec<u8>, times: usize, end: Vec<u8>) -> Made {
        Made { parts: vec![(beginning.concat(), 1), (piece, times), (end, 1)] }
    }

    fn size(&self) -> usize {
        self.parts.iter().map(|(piece, times)| piece.len() * times).sum()
    }

    fn fill(&self, mut offset: usize, out: &mut [u8]) {
        let mut filled = 0;
        for (piece, times) in &self.parts {
            let size = piece.len() * times;
            while offset < size && filled < out.len() {
                let from = &piece[offset % piece.len()..];
                let length = from.len().min(out.len() - filled).min(size - offset);
                out[filled..filled + length].copy_from_slice(&from[..length]);
                filled += length;
                offset += length;
            }
            offset = offset.saturating_sub(size);
        }
    }

    /// The last answer, and the most bytes that were held meanwhile.
    fn read(&self) -> (Reply, usize) {
        let before = NOW.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let mut engine = Engine::new();
        let info = FileInfo { name: "orders".to_owned(), size: self.size() as u64 };
        let mut replies = engine.handle(Request::Open { job: 1, files: vec![info], options: Vec::new() });
        let mut bytes = Vec::new();
        while let Some(want) = engine.wants() {
            bytes.resize(want.len, 0);
            self.fill(want.offset as usize, &mut bytes);
            replies = engine.feed(&bytes);
        }
        (replies.pop().expect("an answer"), MOST.load(Ordering::Relaxed) - before)
    }

    fn review(&self) -> (Review, usize) {
        match self.read() {
            (Reply::Review { review, .. }, held) => (*review, held),
            (other, _) => panic!("no review but {other:?}"),
        }
    }
}

#[test]
fn what_is_held_does_not_grow_with_a_file_that_is_made_to_fill_it() {
    // One test, because the count is that of the whole process.
    let line = |quote: &str, times: usize| {
        let beginning = [HEADER, &rows('D', 50), format!("D50,C1,{quote}2026").as_bytes()].concat();
        Made::new(&[&beginning], b"2026, 01, 02,".repeat(5_000), times, [b"\n", &rows('E', 50)[..]].concat())
    };
    // 1 GB, and within quotes a quarter of it.
    for (quote, times) in [("", 16_000), ("\"", 4_000)] {
        let file = line(quote, times);
        assert!(file.size() > times * 62_000);
        let (review, held) = file.review();
        assert_eq!(review.rows_used, 100, "an endless line costs one row");
        assert!(held < 48 * MB, "{quote} {held}");
    }

    let nul = Made::new(&[HEADER, &rows('D', 20_000)], vec![0; 65_536], 1_000, rows('E', 50));
    let (review, held) = nul.review();
    assert_eq!((review.rows_used, review.files[0].notes.len()), (20_050, 1));
    assert!(held < 48 * MB, "{held}");

    // Orders of many customers: what rows come to, with their text long gone. Room that is only asked for counts here too.
    let orders = Made::new(&[HEADER], many(200_000), 1, Vec::new());
    let (review, held) = orders.review();
    assert_eq!((review.rows_used, review.customers), (200_000, 50_000));
    assert!(held < 64 * MB, "{held}");

    // A bomb: 200 MB of blank lines in 200 kB, as members one behind the other.
    let gzip = |text: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let text = [HEADER, &rows('D', 50)].concat();
    let bomb = Made::new(&[&gzip(&text)], gzip(&vec![b'\n'; 4 * MB]), 50, gzip(&rows('E', 50)));
    assert!(bomb.size() < 2 * MB);
    let (review, held) = bomb.review();
    assert_eq!(review.rows_used, 100);
    assert!(held < 96 * MB, "{held}");

    // An archive that says of itself to be larger than what can be held is not tried, and one that lies is not believed.
    for (says, damage) in [(3_000_000_000, Damage::TooLarge), (7, Damage::Broken)] {
        let file = Made::new(&[&zip_of_zeros(32 * MB, says)], vec![0], 0, Vec::new());
        let (reply, held) = file.read();
        let Reply::Failed { problem: Problem::Packed { damage: found, .. }, .. } = reply else { panic!("{reply:?}") };
        assert_eq!(found, damage);
        assert!(held < 8 * MB, "{held}");
    }
    let (reply, held) = Made::new(&[&zip_of_zeros(32 * MB, 32 * MB as u32)], vec![0], 0, Vec::new()).read();
    assert!(matches!(reply, Reply::Failed { .. }), "{reply:?}");
    assert!(held < 48 * MB, "what is unpacked is held once: {held}");
}

/// An archive of one deflated entry of so many spaces and line ends, which says to have another number of them.
fn zip_of_zeros(bytes: usize, says: u32) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![b'\n'; bytes]).unwrap();
    let packed = encoder.finish().unwrap();
    let (size, unpacked) = ((packed.len() as u32).to_le_bytes(), says.to_le_bytes());
    let common = [&[20, 0, 0, 0, 8, 0], &[0; 8][..], &size, &unpacked, &[5, 0, 0, 0]].concat();
    let local = [b"PK\x03\x04", &common[..], b"a.csv", &packed].concat();
    let list = [b"PK\x01\x02\x14\0", &common[..], &[0; 14], b"a.csv"].concat();
    let (at, length) = ((local.len() as u32).to_le_bytes(), (list.len() as u32).to_le_bytes());
    [&local[..], &list, b"PK\x05\x06\0\0\0\0", &[1, 0, 1, 0], &length, &at, &[0; 2]].concat()
}
