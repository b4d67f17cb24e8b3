//! Files in other files.

/// An archive of files as they are (PKWARE's APPNOTE, method 0).
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let size = (content.len() as u32).to_le_bytes();
        let common =
            [&[20, 0, 0, 0, 0, 0], &[0; 8][..], &size, &size, &(name.len() as u16).to_le_bytes(), &[0; 2]].concat();
        let offset = (out.len() as u32).to_le_bytes();
        list.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &offset, name.as_bytes()].concat());
        out.extend([b"PK\x03\x04", &common[..], name.as_bytes(), content].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (at, bytes) = ((out.len() as u32).to_le_bytes(), (list.len() as u32).to_le_bytes());
    out.extend([&list[..], b"PK\x05\x06\0\0\0\0", &count, &count, &bytes, &at, &[0; 2]].concat());
    out
}
