//! The bytes of a stream, unpacked (ISO 32000-1, 7.4). Filters of pictures are not undone.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::object::{Dict, Object};

/// Undoes the filters of a stream, up to a number of bytes. None if one of them packs pictures.
///
/// A stream that is cut off or broken in its middle gives what stands before.
pub fn unpack(bytes: Vec<u8>, filters: &[(Vec<u8>, Dict)], most: usize) -> Option<Vec<u8>> {
    let mut bytes = bytes;
    for (name, options) in filters {
        bytes = match name.as_slice() {
            b"FlateDecode" | b"Fl" => predicted(inflate(&bytes, most), options, most),
            b"LZWDecode" | b"LZW" => {
                let early = options.raw("EarlyChange").number() != Some(0.0);
                predicted(lzw(&bytes, early, most), options, most)
            }
            b"ASCIIHexDecode" | b"AHx" => hexadecimal(&bytes),
            b"ASCII85Decode" | b"A85" => base85(&bytes),
            b"RunLengthDecode" | b"RL" => runs(&bytes, most),
            b"Crypt" => bytes,
            _ => return None,
        };
    }
    Some(bytes)
}

fn inflate(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let most = most as u64;
    // What was unpacked before an error stays; the rest is lost either way.
    let _ = ZlibDecoder::new(bytes)
        .take(most)
        .read_to_end(&mut unpacked);
    if unpacked.is_empty() && bytes.len() > 2 {
        for body in [&bytes[2..], bytes] {
            let _ = DeflateDecoder::new(body)
                .take(most)
                .read_to_end(&mut unpacked);
            if !unpacked.is_empty() {
                break;
            }
        }
    }
    unpacked
}

fn lzw(bytes: &[u8], early: bool, most: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut unpacked: Vec<u8> = Vec::new();
    // Each word of the table is a range of what was already unpacked.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut width, mut held, mut bits) = (9_u32, 0_u32, 0_u32);
    let mut last: Option<(usize, usize)> = None;
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize;
        held &= (1 << bits) - 1;
        match code {
            CLEAR => {
                table.clear();
                width = 9;
                last = None;
                continue;
            }
            END => break,
            _ => {}
        }
        let start = unpacked.len();
        if let Ok(byte) = u8::try_from(code) {
            unpacked.push(byte);
        } else if let Some((from, to)) = table.get(code - 258).copied() {
            unpacked.extend_from_within(from..to);
        } else if let Some((from, to)) = last {
            unpacked.extend_from_within(from..to);
            unpacked.push(unpacked[from]);
        } else {
            break;
        }
        if let Some((from, to)) = last
            && table.len() < 4096 - 258
        {
            // The word before and the first letter of this one stand side by side.
            table.push((from, to + 1));
        }
        last = Some((start, unpacked.len()));
        let size = table.len() + 258 + usize::from(early) + 1;
        width = match size {
            0..=512 => 9,
            513..=1024 => 10,
            1025..=2048 => 11,
            _ => 12,
        };
        if unpacked.len() >= most {
            break;
        }
    }
    unpacked.truncate(most);
    unpacked
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == b'>');
    let digits: Vec<u8> = bytes[..end.unwrap_or(bytes.len())]
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0))
        .collect()
}

fn base85(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in bytes {
        match byte {
            b'z' if group.is_empty() => unpacked.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            unpacked.extend(four(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let whole = group.len() - 1;
        group.resize(5, 84);
        unpacked.extend(&four(&group)[..whole]);
    }
    unpacked
}

fn four(group: &[u8]) -> [u8; 4] {
    group
        .iter()
        .fold(0_u32, |value, digit| {
            value.wrapping_mul(85).wrapping_add(u32::from(*digit))
        })
        .to_be_bytes()
}

fn runs(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut at = 0;
    while let Some(length) = bytes.get(at).copied().filter(|length| *length != 128) {
        if unpacked.len() >= most {
            break;
        }
        let count = usize::from(length);
        if length < 128 {
            let run = &bytes[at + 1..(at + 2 + count).min(bytes.len())];
            unpacked.extend_from_slice(run);
            at += 2 + count;
        } else {
            let byte = bytes.get(at + 1).copied().unwrap_or_default();
            unpacked.extend(std::iter::repeat_n(byte, 257 - count));
            at += 2;
        }
    }
    unpacked.truncate(most);
    unpacked
}

/// Takes back the differences that were packed instead of the bytes.
fn predicted(bytes: Vec<u8>, options: &Dict, most: usize) -> Vec<u8> {
    let option = |key, otherwise| options.raw(key).count().unwrap_or(otherwise);
    let predictor = option("Predictor", 1);
    let bits = option("Colors", 1).clamp(1, 64) * option("BitsPerComponent", 8).clamp(1, 16);
    let pixel = bits.div_ceil(8);
    let row = (bits * option("Columns", 1).clamp(1, most.max(1))).div_ceil(8);
    match predictor {
        // Only whole bytes: nothing but pictures has smaller ones.
        2 if bits.is_multiple_of(8) => {
            let mut bytes = bytes;
            for row in bytes.chunks_mut(row) {
                for at in pixel..row.len() {
                    row[at] = row[at].wrapping_add(row[at - pixel]);
                }
            }
            bytes
        }
        10.. => png(&bytes, row, pixel),
        _ => bytes,
    }
}

/// The filters of PNG (RFC 2083, 6), a byte of its kind before every row.
fn png(bytes: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut unpacked: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row + 1) {
        let start = unpacked.len();
        let Some((kind, line)) = line.split_first() else {
            break;
        };
        for (at, byte) in line.iter().enumerate() {
            let here = start + at;
            let left = if at >= pixel {
                unpacked[here - pixel]
            } else {
                0
            };
            let up = if start >= row {
                unpacked[here - row]
            } else {
                0
            };
            let corner = if at >= pixel && start >= row {
                unpacked[here - row - pixel]
            } else {
                0
            };
            let guess = match kind {
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            unpacked.push(byte.wrapping_add(guess));
        }
    }
    unpacked
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let target = i16::from(left) + i16::from(up) - i16::from(corner);
    let off = |byte: u8| (target - i16::from(byte)).abs();
    if off(left) <= off(up) && off(left) <= off(corner) {
        left
    } else if off(up) <= off(corner) {
        up
    } else {
        corner
    }
}

/// The names of a stream's filters with their options.
pub fn named(filter: &Object, options: &Object) -> Vec<(Vec<u8>, Dict)> {
    let names = match filter {
        Object::Name(name) => vec![name.clone()],
        other => other
            .array()
            .iter()
            .filter_map(|name| name.name().map(<[u8]>::to_vec))
            .collect(),
    };
    names
        .into_iter()
        .take(8) // one is usual, two are rare
        .enumerate()
        .map(|(index, name)| {
            let own = match options {
                Object::Dict(dict) if index == 0 => Some(dict),
                other => other.array().get(index).and_then(Object::dict),
            };
            (name, own.cloned().unwrap_or_default())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(bytes: &[u8], name: &str, most: usize) -> Vec<u8> {
        let filters = [(name.as_bytes().to_vec(), Dict::default())];
        unpack(bytes.to_vec(), &filters, most).unwrap()
    }

    #[test]
    fn each_filter_gives_the_bytes_back() {
        let text = b"-----A---B";
        assert_eq!(unpacked(&packed(text), "FlateDecode", 100), text);
        assert_eq!(unpacked(b"2D2d 41>ff", "ASCIIHexDecode", 100), b"--A");
        assert_eq!(
            unpacked(b"87cURD]j7BEbo80~>", "ASCII85Decode", 100),
            b"Hello world!"
        );
        assert_eq!(
            unpacked(&[2, b'a', b'b', b'c', 254, b'-', 128], "RL", 100),
            b"abc---"
        );
        // The example of ISO 32000-1, 7.4.4.2.
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(unpacked(&lzw, "LZWDecode", 100), text);
        assert_eq!(
            unpack(vec![1], &[(b"DCTDecode".to_vec(), Dict::default())], 9),
            None
        );
    }

    #[test]
    fn a_bomb_stops_at_the_limit_and_a_broken_stream_gives_its_beginning() {
        let bomb = packed(&vec![b' '; 1_000_000]);
        assert!(bomb.len() < 2_000);
        assert_eq!(unpacked(&bomb, "FlateDecode", 5_000).len(), 5_000);
        let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let cut = packed(&text);
        let half = unpacked(&cut[..cut.len() / 2], "FlateDecode", 1_000_000);
        assert!(half.len() > 1_000 && text.starts_with(&half));
    }

    #[test]
    fn rows_of_differences_become_bytes() {
        assert_eq!(png(&[2, 1, 2, 2, 1, 1], 2, 1), [1, 2, 2, 3]);
        assert_eq!(png(&[1, 5, 1, 1], 3, 1), [5, 6, 7]);
        assert_eq!(png(&[3, 4, 4], 2, 1), [4, 6]);
        assert_eq!(paeth(3, 9, 1), 9);
    }
}
