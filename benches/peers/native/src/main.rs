//! `perennial-probe read|summary FILE` prints one line of JSON: ms from opening the file to its end or to the summary, CPU ms
//! and peak MB of the process, and the checksum, which is computed after the clock has stopped.

use std::fs::{self, File};
use std::io::{self, Read};
use std::process::ExitCode;
use std::time::Instant;

use perennial_probe::checksum::Checksum;
use perennial_probe::probe::Probe;

/// Bytes read at a time.
const PIECE: usize = 1 << 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["read", path] => read(path),
        ["summary", path] => summary(path),
        _ => {
            eprintln!("usage: perennial-probe read|summary FILE");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The floor: all bytes into memory, and nothing else.
fn read(path: &str) -> io::Result<String> {
    let began = Instant::now();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; PIECE];
    while file.read(&mut buffer)? > 0 {}
    Ok(format!("{{{}}}", measured(began)?))
}

fn summary(path: &str) -> io::Result<String> {
    let began = Instant::now();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; PIECE];
    let mut probe = Probe::default();
    loop {
        let bytes = file.read(&mut buffer)?;
        if bytes == 0 {
            break;
        }
        probe.space(bytes).copy_from_slice(&buffer[..bytes]);
        probe.consume();
    }
    probe.finish();
    let measured = measured(began)?;
    let mut checksum = Checksum::default();
    for (number, customer) in probe.customers.iter().enumerate() {
        checksum.customer(&String::from_utf8_lossy(&probe.id(number)), customer);
    }
    probe.cells.iter().for_each(|cell| checksum.cell(cell));
    Ok(format!("{{{measured},\"checksum\":\"{checksum}\",\"touched\":{}}}", probe.touched() & 1))
}

/// What it took since `began`, as members of a JSON object. The kernel counts CPU time in hundredths of a second.
fn measured(began: Instant) -> io::Result<String> {
    let ms = began.elapsed().as_secs_f64() * 1e3;
    let stat = fs::read_to_string("/proc/self/stat")?;
    // User and system time are the 14th and 15th field; the second one is a name that may hold anything but this.
    let ticks: u64 = stat
        .rsplit(") ")
        .next()
        .into_iter()
        .flat_map(|rest| rest.split(' ').skip(11).take(2).flat_map(str::parse::<u64>))
        .sum();
    let status = fs::read_to_string("/proc/self/status")?;
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    Ok(format!("\"ms\":{ms:.2},\"cpu\":{},\"peak\":{:.1}", ticks * 10, peak.unwrap_or_default() / 1024.0))
}
