//! From a Data Matrix's codewords to its payload (ISO/IEC 16022, 5.2).

use rxing::common::{CharacterSet, Eci};

use crate::payload;

/// Separates element strings; stands for FNC1 inside a payload.
const SEPARATOR: u8 = 0x1d;
const C40_SHIFT_2: &[u8; 27] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_";
const C40_SHIFT_3: &[u8; 32] = b"`abcdefghijklmnopqrstuvwxyz{|}~\x7f";
const TEXT_SHIFT_3: &[u8; 32] = b"`ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}~\x7f";
const X12_FIRST: &[u8; 4] = b"\r*> ";

/// What the codewords say.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Content {
    /// The bytes, before any charset.
    pub bytes: Vec<u8>,
    /// Charset designators and the byte from which each holds.
    pub designators: Vec<(usize, u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Ascii,
    C40,
    Text,
    X12,
    Edifact,
    Base256,
}

struct Reader<'a> {
    codewords: &'a [u8],
    at: usize,
    content: Content,
    trailer: &'static [u8],
    upper: bool,
}

/// Decodes corrected data codewords; `None` when they follow no rule.
pub(crate) fn decode(codewords: &[u8]) -> Option<Content> {
    let mut reader = Reader {
        codewords,
        at: 0,
        content: Content::default(),
        trailer: b"",
        upper: false,
    };
    let mut mode = Mode::Ascii;
    while reader.at < codewords.len() {
        mode = match mode {
            Mode::Ascii => reader.ascii()?,
            Mode::C40 => reader.triples(Some((b'A', C40_SHIFT_3)))?,
            Mode::Text => reader.triples(Some((b'a', TEXT_SHIFT_3)))?,
            Mode::X12 => reader.triples(None)?,
            Mode::Edifact => reader.edifact()?,
            Mode::Base256 => reader.base_256()?,
        };
    }
    reader.content.bytes.extend_from_slice(reader.trailer);
    Some(reader.content)
}

impl Content {
    /// The payload as text and bytes, as [`crate::Symbol`] wants them.
    pub fn payload(&self) -> (String, Vec<u8>) {
        if self.designators.is_empty() {
            return payload::settle_raw(&self.bytes);
        }
        match self.charset_text() {
            Some(text) => payload::settle(&text, &self.bytes),
            None => payload::settle_binary(&self.bytes),
        }
    }

    /// The text by its charset designators; `None` with one that is unknown.
    fn charset_text(&self) -> Option<String> {
        let mut text = String::new();
        let first = self.designators.first().map_or(self.bytes.len(), |d| d.0);
        let head = self.bytes.get(..first)?;
        text.push_str(&CharacterSet::ISO8859_1.decode(head).ok()?);
        let ends = self.designators.iter().skip(1).map(|d| d.0);
        let ends = ends.chain([self.bytes.len()]);
        for (&(start, number), end) in self.designators.iter().zip(ends) {
            let charset = CharacterSet::from(Eci::from(number));
            let part = self.bytes.get(start..end)?;
            if matches!(charset, CharacterSet::Unknown | CharacterSet::Binary) && !part.is_empty() {
                return None;
            }
            if !part.is_empty() {
                text.push_str(&charset.decode(part).ok()?);
            }
        }
        Some(text)
    }
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let codeword = self.codewords.get(self.at).copied();
        self.at += 1;
        codeword
    }

    fn left(&self) -> usize {
        self.codewords.len().saturating_sub(self.at)
    }

    fn push(&mut self, byte: u8) {
        let upper = std::mem::take(&mut self.upper);
        self.content
            .bytes
            .push(if upper { byte.wrapping_add(128) } else { byte })
    }

    fn ascii(&mut self) -> Option<Mode> {
        while let Some(codeword) = self.next() {
            match codeword {
                1..=128 => self.push(codeword - 1),
                // Padding to the end.
                129 => self.at = self.codewords.len(),
                130..=229 => {
                    let pair = codeword - 130;
                    self.push(b'0' + pair / 10);
                    self.push(b'0' + pair % 10);
                }
                230 => return Some(Mode::C40),
                231 => return Some(Mode::Base256),
                // First of all, or first after a structured append, it only
                // says that the payload is of GS1.
                232 if self.at == 1 || self.is_after_append() => {}
                232 => self.push(SEPARATOR),
                233 if self.at == 1 => self.at += 3,
                234 => {}
                235 => self.upper = true,
                236 if self.at == 1 => self.open_macro(b"[)>\x1e05\x1d"),
                237 if self.at == 1 => self.open_macro(b"[)>\x1e06\x1d"),
                238 => return Some(Mode::X12),
                239 => return Some(Mode::Text),
                240 => return Some(Mode::Edifact),
                241 => self.designator()?,
                // Some printers end with a latch back to where they are.
                254 if self.left() == 0 => {}
                _ => return None,
            }
        }
        Some(Mode::Ascii)
    }

    fn is_after_append(&self) -> bool {
        self.at == 5 && self.codewords.first() == Some(&233)
    }

    fn open_macro(&mut self, head: &[u8]) {
        self.content.bytes.extend_from_slice(head);
        self.trailer = b"\x1e\x04";
    }

    fn designator(&mut self) -> Option<()> {
        let first = u32::from(self.next()?);
        let number = match first {
            1..=127 => first - 1,
            128..=191 => {
                let second = u32::from(self.next()?).checked_sub(1)?;
                (first - 128) * 254 + second + 127
            }
            192..=207 => {
                let second = u32::from(self.next()?).checked_sub(1)?;
                let third = u32::from(self.next()?).checked_sub(1)?;
                (first - 192) * 64_516 + second * 254 + third + 16_383
            }
            _ => return None,
        };
        self.content
            .designators
            .push((self.content.bytes.len(), number));
        Some(())
    }

    /// Three characters in two codewords: C40 and Text with the first letter of
    /// their basic set and their third shift, or X12.
    fn triples(&mut self, set: Option<(u8, &[u8; 32])>) -> Option<Mode> {
        let mut shift = 0;
        while self.left() >= 2 {
            let first = self.next()?;
            if first == 254 {
                return Some(Mode::Ascii);
            }
            let value = u32::from(first) * 256 + u32::from(self.next()?);
            let value = value.checked_sub(1)?;
            for part in [value / 1600, value / 40 % 40, value % 40] {
                match set {
                    Some(set) => shift = self.shifted(part as u8, shift, set)?,
                    None => self.x12(part as u8)?,
                }
            }
        }
        // A single codeword at the end stands for itself in ASCII; a latch back
        // may precede it.
        if self.left() == 1 && self.codewords.last() == Some(&254) {
            self.at += 1;
        }
        Some(Mode::Ascii)
    }

    /// Takes a value of C40 or Text in the given shift; answers the next shift.
    fn shifted(&mut self, value: u8, shift: u8, set: (u8, &[u8; 32])) -> Option<u8> {
        let index = usize::from(value);
        match (shift, value) {
            (0, 0..=2) => return Some(value + 1),
            (0, 3) => self.push(b' '),
            (0, 4..=13) => self.push(b'0' + value - 4),
            (0, 14..=39) => self.push(set.0 + value - 14),
            (1, 0..=31) => self.push(value),
            (2, 27) => self.push(SEPARATOR),
            (2, 30) => self.upper = true,
            (2, _) => self.push(*C40_SHIFT_2.get(index)?),
            (3, _) => self.push(*set.1.get(index)?),
            _ => return None,
        }
        Some(0)
    }

    fn x12(&mut self, value: u8) -> Option<()> {
        match value {
            0..=3 => self.push(*X12_FIRST.get(usize::from(value))?),
            4..=13 => self.push(b'0' + value - 4),
            14..=39 => self.push(b'A' + value - 14),
            _ => return None,
        }
        Some(())
    }

    /// Four characters in three codewords.
    fn edifact(&mut self) -> Option<Mode> {
        const UNLATCH: u32 = 31;
        while self.left() > 2 {
            let mut bits = 0u32;
            for codeword in self.codewords.get(self.at..self.at + 3)? {
                bits = bits << 8 | u32::from(*codeword);
            }
            for place in 0..4u32 {
                let value = bits >> (18 - 6 * place) & 63;
                if value == UNLATCH {
                    // What is left of the codeword with the latch is skipped.
                    self.at += (6 * (place as usize + 1)).div_ceil(8);
                    return Some(Mode::Ascii);
                }
                let byte = if value & 32 == 0 { value | 64 } else { value };
                self.push(byte as u8);
            }
            self.at += 3;
        }
        Some(Mode::Ascii)
    }

    fn base_256(&mut self) -> Option<Mode> {
        let first = usize::from(self.plain()?);
        let count = match first {
            0 => self.left(),
            1..=249 => first,
            _ => 250 * (first - 249) + usize::from(self.plain()?),
        };
        if count > self.left() {
            return None;
        }
        for _ in 0..count {
            let byte = self.plain()?;
            self.content.bytes.push(byte);
        }
        Some(Mode::Ascii)
    }

    /// The next codeword with its scrambling undone.
    fn plain(&mut self) -> Option<u8> {
        let codeword = self.next()?;
        let noise = (149 * self.at % 255 + 1) as u8;
        Some(codeword.wrapping_sub(noise))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(codewords: &[u8]) -> Option<Vec<u8>> {
        decode(codewords).map(|content| content.bytes)
    }

    /// Codewords as an independent encoder writes them.
    fn encoded(data: &[u8]) -> Vec<u8> {
        let code = datamatrix::DataMatrix::encode(data, datamatrix::SymbolList::default());
        code.expect("it fits").data_codewords().to_vec()
    }

    #[test]
    fn what_an_encoder_writes_comes_back() {
        let samples: [&[u8]; 8] = [
            b"CARROT-0042",
            b"lower case text, and MORE of it: 0123456789",
            b"AIMAIMAIM*>\r ABC123",
            b"\x00\x01\xfe\xff\x80binary\x9f",
            "Größe и ключ".as_bytes(),
            b"[)>\x1e06\x1dP445-175186-1-ND\x1dK\x1e\x04",
            b".A.C1.3.DATA.123DATA.123DATA.",
            b"{|}~`@[]^_!\"#$%&'()*+,-./:;<=>?",
        ];
        for data in samples {
            assert_eq!(bytes(&encoded(data)).as_deref(), Some(data), "{data:?}");
        }
        let long: Vec<u8> = (0..600u32).map(|i| (i * 7) as u8).collect();
        assert_eq!(bytes(&encoded(&long)), Some(long));
    }

    #[test]
    fn fnc1_is_silent_in_front_and_a_separator_behind() {
        let gs1 = [232, 131, 132, 232, 140, 129];
        assert_eq!(bytes(&gs1).as_deref(), Some(b"0102\x1d10".as_slice()));
        let appended = [233, 1, 1, 1, 232, 131, 232];
        assert_eq!(bytes(&appended).as_deref(), Some(b"01\x1d".as_slice()));
    }

    #[test]
    fn charsets_make_text_and_unknown_ones_keep_bytes() {
        // Designator 9 is Cyrillic, 899 is binary.
        let cyrillic = decode(&[241, 8, 235, 0xbf - 127]).expect("content");
        assert_eq!(cyrillic.designators, [(0, 7)]);
        assert_eq!(cyrillic.payload().0, "П");
        let binary = decode(&[241, 131, 11, 235, 100, 66]).expect("content");
        assert_eq!(binary.designators, [(0, 899)]);
        assert_eq!(binary.payload().1, [227, 65]);
    }

    #[test]
    fn nonsense_is_refused_and_never_panics() {
        assert_eq!(bytes(&[242]), None);
        assert_eq!(bytes(&[231, 200]), None);
        for seed in 0..4000u32 {
            let codewords: Vec<u8> = (0..seed % 12)
                .map(|i| (seed.wrapping_mul(2_654_435_761).rotate_left(i * 5) >> 7) as u8)
                .collect();
            let _ = decode(&codewords).map(|content| content.payload());
        }
    }
}
