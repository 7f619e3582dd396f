/*!
What a file tells about itself: where it was made, by whom, whose it is.

Reads EXIF, IPTC-IIM and XMP in JPEG, PNG, WebP, TIFF, HEIC and AVIF, and the place that phones write
into films (`©xyz`, ISO 6709). Only the first bytes of a file are looked at, which is where cameras put
these. Damaged files give what can be read; nothing is trusted to be as long as it says.

```
use draftguard_core::detect::metadata::Metadata;

let xmp = br#"<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>Ana Putri</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>"#;
assert_eq!(Metadata::read(xmp).author.as_deref(), Some("Ana Putri"));
```
*/

/// What a file tells about itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Degrees north and east, where a receiver wrote them.
    pub position: Option<(f64, f64)>,
    /// A place by name: city, region, country.
    pub place: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Whose it is, in the words of the file.
    pub copyright: Option<String>,
}

/// Longest text taken from a file, in characters.
const TEXT: usize = 120;
/// Most entries of one directory, records of one block or parts of one file that are looked at.
const ENTRIES: usize = 512;

impl Metadata {
    /// Reads the first bytes of a file.
    pub fn read(bytes: &[u8]) -> Self {
        let mut data = Self::default();
        if bytes.starts_with(&[0xff, 0xd8]) {
            data.jpeg(bytes);
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            data.png(bytes);
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            data.webp(bytes);
        } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
            data.tiff(bytes);
        } else {
            data.boxes(bytes);
        }
        data
    }

    /// Whether the file says nothing of all this.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn jpeg(&mut self, bytes: &[u8]) {
        let mut at = 2;
        for _ in 0..ENTRIES {
            let Some(&[0xff, marker]) = bytes.get(at..at + 2) else { return };
            if marker == 0xff {
                at += 1;
                continue;
            }
            // From the start of the scan on there are only pixels.
            if matches!(marker, 0xda | 0xd9) {
                return;
            }
            let Some(length) = big16(bytes, at + 2) else { return };
            let end = at + 2 + usize::from(length).max(2);
            let body = bytes.get(at + 4..end.min(bytes.len())).unwrap_or_default();
            match marker {
                0xe1 if body.starts_with(b"Exif\0\0") => {
                    self.tiff(body.get(6..).unwrap_or_default())
                }
                0xe1 if body.starts_with(b"http://ns.adobe.com/xap/1.0/\0") => self.xmp(body),
                0xed if body.starts_with(b"Photoshop 3.0\0") => {
                    self.photoshop(body.get(14..).unwrap_or_default());
                }
                _ => {}
            }
            at = end;
        }
    }

    fn png(&mut self, bytes: &[u8]) {
        let mut at = 8;
        for _ in 0..ENTRIES {
            let Some(length) = big32(bytes, at) else { return };
            let Some(kind) = bytes.get(at + 4..at + 8) else { return };
            let end = at.saturating_add(8).saturating_add(length as usize);
            let body = bytes.get(at + 8..end.min(bytes.len())).unwrap_or_default();
            match kind {
                b"eXIf" => self.tiff(body),
                b"iTXt" if body.starts_with(b"XML:com.adobe.xmp") => self.xmp(body),
                b"tEXt" | b"iTXt" => {
                    let mut parts = body.splitn(2, |b| *b == 0);
                    let (key, value) = (parts.next(), parts.next().unwrap_or_default());
                    let value = value.rsplit(|b| *b == 0).next().unwrap_or_default();
                    match key {
                        Some(b"Author") => set(&mut self.author, text(value)),
                        Some(b"Copyright") => set(&mut self.copyright, text(value)),
                        _ => {}
                    }
                }
                b"IEND" => return,
                _ => {}
            }
            at = end.saturating_add(4);
        }
    }

    fn webp(&mut self, bytes: &[u8]) {
        let mut at = 12;
        for _ in 0..ENTRIES {
            let Some(kind) = bytes.get(at..at + 4) else { return };
            let Some(&[a, b, c, d]) = bytes.get(at + 4..at + 8) else { return };
            let length = u32::from_le_bytes([a, b, c, d]) as usize;
            let end = at.saturating_add(8).saturating_add(length);
            let body = bytes.get(at + 8..end.min(bytes.len())).unwrap_or_default();
            match kind {
                b"EXIF" => self.tiff(body.strip_prefix(b"Exif\0\0").unwrap_or(body)),
                b"XMP " => self.xmp(body),
                _ => {}
            }
            at = end.saturating_add(length & 1);
        }
    }

    /// HEIC, AVIF, films, and whatever else carries these blocks somewhere: they are searched for.
    fn boxes(&mut self, bytes: &[u8]) {
        if let Some(at) = memchr::memmem::find(bytes, b"Exif\0\0") {
            self.tiff(bytes.get(at + 6..).unwrap_or_default());
        }
        if let Some(at) = memchr::memmem::find(bytes, b"<x:xmpmeta") {
            self.xmp(bytes.get(at..).unwrap_or_default());
        }
        // QuickTime: "\xa9xyz", length, language, "+37.7858-122.4064/".
        let film = memchr::memmem::find(bytes, b"\xa9xyz").map(|at| at + 8);
        let apple = memchr::memmem::find(bytes, b"com.apple.quicktime.location.ISO6709");
        let apple = apple.and_then(|at| {
            let rest = bytes.get(at + 36..)?;
            let sign = rest.iter().take(4096).position(|b| matches!(b, b'+' | b'-'))?;
            Some(at + 36 + sign)
        });
        for at in [film, apple].into_iter().flatten() {
            let position = bytes.get(at..).and_then(iso6709);
            self.position = self.position.or(position.filter(|p| *p != (0.0, 0.0)));
        }
    }

    /// EXIF is a TIFF file inside another.
    fn tiff(&mut self, bytes: &[u8]) {
        let tiff = match bytes.get(..4) {
            Some(b"II*\0") => Tiff { bytes, little: true },
            Some(b"MM\0*") => Tiff { bytes, little: false },
            _ => return,
        };
        let Some(first) = tiff.u32(4) else { return };
        for entry in tiff.entries(first as usize) {
            match entry.tag {
                0x013b => set(&mut self.author, text(entry.value)),
                0x8298 => set(&mut self.copyright, text(entry.value)),
                0x9c9d => set(&mut self.author, utf16(entry.value)),
                0x02bc => self.xmp(entry.value),
                0x83bb => self.iptc(entry.value),
                0x8825 => {
                    let at = tiff.number(entry.value) as usize;
                    let position = tiff.position(at).filter(|p| *p != (0.0, 0.0));
                    self.position = self.position.or(position);
                }
                0x8769 => {
                    for entry in tiff.entries(tiff.number(entry.value) as usize) {
                        if entry.tag == 0xa430 {
                            set(&mut self.author, text(entry.value));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Photoshop's blocks, of which one holds IPTC records.
    fn photoshop(&mut self, bytes: &[u8]) {
        let mut at = 0;
        for _ in 0..ENTRIES {
            if bytes.get(at..at + 4) != Some(b"8BIM") {
                return;
            }
            let Some(id) = big16(bytes, at + 4) else { return };
            let Some(&name) = bytes.get(at + 6) else { return };
            let data = at + 6 + ((usize::from(name) + 2) & !1);
            let Some(length) = big32(bytes, data) else { return };
            let end = (data + 4).saturating_add(length as usize);
            if id == 0x0404 {
                self.iptc(bytes.get(data + 4..end.min(bytes.len())).unwrap_or_default());
            }
            at = end.saturating_add(length as usize & 1);
        }
    }

    fn iptc(&mut self, bytes: &[u8]) {
        let mut at = 0;
        let mut place: Vec<String> = Vec::new();
        for _ in 0..ENTRIES {
            let Some(&[0x1c, record, dataset]) = bytes.get(at..at + 3) else { break };
            let Some(length) = big16(bytes, at + 3) else { break };
            let end = at + 5 + usize::from(length & 0x7fff);
            let value = bytes.get(at + 5..end.min(bytes.len())).unwrap_or_default();
            match (record, dataset) {
                (2, 80) => set(&mut self.author, text(value)),
                (2, 116) => set(&mut self.copyright, text(value)),
                (2, 90 | 92 | 95 | 101) => place.extend(text(value)),
                _ => {}
            }
            at = end;
        }
        if !place.is_empty() {
            set(&mut self.place, Some(place.join(", ")));
        }
    }

    /// XMP, by the names of its properties: as elements or as attributes.
    fn xmp(&mut self, bytes: &[u8]) {
        set(&mut self.author, xmp_value(bytes, "dc:creator"));
        set(&mut self.author, xmp_value(bytes, "tiff:Artist"));
        set(&mut self.copyright, xmp_value(bytes, "dc:rights"));
        set(&mut self.copyright, xmp_value(bytes, "photoshop:Credit"));
        let names = ["photoshop:City", "photoshop:State", "photoshop:Country"];
        let place: Vec<String> = names.iter().filter_map(|n| xmp_value(bytes, n)).collect();
        if !place.is_empty() {
            set(&mut self.place, Some(place.join(", ")));
        }
        let degree = |name| xmp_value(bytes, name).and_then(|v| xmp_degree(&v));
        if let (Some(north), Some(east)) = (degree("exif:GPSLatitude"), degree("exif:GPSLongitude"))
            && (north, east) != (0.0, 0.0)
        {
            self.position = self.position.or(Some((north, east)));
        }
    }
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn big16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn big32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Text of a file: without zeros and spaces at its ends, and not too long.
fn text(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(bytes.get(..end)?);
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(TEXT).collect();
    // Cameras fill in what nobody has set.
    let filler = ["unknown", "default", "none", "n/a", "owner", "photographer", "copyright"];
    (!text.is_empty() && !filler.contains(&text.to_lowercase().as_str())).then_some(text)
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]]));
    let decoded: String = char::decode_utf16(units).map_while(Result::ok).collect();
    text(decoded.as_bytes())
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

struct Entry<'a> {
    tag: u16,
    value: &'a [u8],
}

impl<'a> Tiff<'a> {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// A value's bytes as a number.
    fn number(&self, value: &[u8]) -> u32 {
        let tiff = Tiff { bytes: value, little: self.little };
        tiff.u32(0).or(tiff.u16(0).map(u32::from)).unwrap_or(0)
    }

    fn entries(&self, at: usize) -> Vec<Entry<'a>> {
        let count = usize::from(self.u16(at).unwrap_or(0)).min(ENTRIES);
        (0..count)
            .map_while(|i| {
                let at = at + 2 + i * 12;
                let (tag, kind, n) = (self.u16(at)?, self.u16(at + 2)?, self.u32(at + 4)?);
                let size: usize = match kind {
                    1 | 2 | 6 | 7 => 1,
                    3 | 8 => 2,
                    5 | 10 | 12 => 8,
                    _ => 4,
                };
                let length = size.saturating_mul(n as usize);
                let from = if length <= 4 { at + 8 } else { self.u32(at + 8)? as usize };
                let end = from.saturating_add(length).min(self.bytes.len());
                Some(Entry { tag, value: self.bytes.get(from..end).unwrap_or_default() })
            })
            .collect()
    }

    fn position(&self, at: usize) -> Option<(f64, f64)> {
        let mut signs = (1.0, 1.0);
        let (mut north, mut east) = (None, None);
        for entry in self.entries(at) {
            match entry.tag {
                1 if entry.value.first() == Some(&b'S') => signs.0 = -1.0,
                3 if entry.value.first() == Some(&b'W') => signs.1 = -1.0,
                2 => north = self.degrees(entry.value),
                4 => east = self.degrees(entry.value),
                _ => {}
            }
        }
        Some((north? * signs.0, east? * signs.1)).filter(on_earth)
    }

    /// Degrees, minutes and seconds as three fractions.
    fn degrees(&self, value: &[u8]) -> Option<f64> {
        let tiff = Tiff { bytes: value, little: self.little };
        let fraction = |at: usize| -> Option<f64> {
            let (over, under) = (tiff.u32(at)?, tiff.u32(at + 4)?);
            (under != 0).then(|| f64::from(over) / f64::from(under))
        };
        Some(
            fraction(0)? + fraction(8).unwrap_or(0.0) / 60.0 + fraction(16).unwrap_or(0.0) / 3600.0,
        )
    }
}

/// `+37.7858-122.4064/`
fn iso6709(bytes: &[u8]) -> Option<(f64, f64)> {
    let line = bytes.get(..bytes.len().min(40))?;
    let end = line.iter().position(|b| !matches!(b, b'+' | b'-' | b'.' | b'0'..=b'9'))?;
    let line = std::str::from_utf8(line.get(..end)?).ok()?;
    let second = line.get(1..)?.find(['+', '-'])? + 1;
    let (north, rest) = line.split_at_checked(second)?;
    let third = rest.get(1..)?.find(['+', '-']).map_or(rest.len(), |i| i + 1);
    Some((north.parse().ok()?, rest.get(..third)?.parse().ok()?)).filter(on_earth)
}

/// Whether degrees north and east are a place.
fn on_earth((north, east): &(f64, f64)) -> bool {
    north.abs() <= 90.0 && east.abs() <= 180.0
}

/// The value of a property: `name="value"`, or the text of its element or of the first item in it.
fn xmp_value(bytes: &[u8], name: &str) -> Option<String> {
    let at = memchr::memmem::find(bytes, name.as_bytes())?;
    let rest = bytes.get(at + name.len()..)?;
    let rest = rest.get(..rest.len().min(4096))?;
    if let Some(value) = rest.strip_prefix(b"=\"").or_else(|| rest.strip_prefix(b"='")) {
        let end = value.iter().position(|b| matches!(b, b'"' | b'\''))?;
        return text(value.get(..end)?);
    }
    let close = memchr::memmem::find(rest, format!("</{name}").as_bytes())?;
    // The first run of text between tags.
    let mut inner = rest.get(..close)?;
    while let Some(end) = inner.iter().position(|b| *b == b'>') {
        inner = inner.get(end + 1..)?;
        let stop = inner.iter().position(|b| *b == b'<').unwrap_or(inner.len());
        if let Some(value) = text(inner.get(..stop)?) {
            return Some(value);
        }
        inner = inner.get(stop..)?;
    }
    None
}

/// `37,47.15N`: degrees, minutes with a fraction, a letter.
fn xmp_degree(value: &str) -> Option<f64> {
    let letter = value.chars().next_back()?;
    let (degrees, minutes) = value.trim_end_matches(char::is_alphabetic).split_once(',')?;
    let mut parts = minutes.split(',').filter_map(|p| p.parse::<f64>().ok());
    let minutes = parts.next()? + parts.next().unwrap_or(0.0) / 60.0;
    let degrees = degrees.parse::<f64>().ok()? + minutes / 60.0;
    Some(if matches!(letter, 'S' | 'W') { -degrees } else { degrees })
}

#[cfg(test)]
mod tests;
