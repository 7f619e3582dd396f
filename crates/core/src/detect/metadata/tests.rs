use super::*;

/// A TIFF block in either byte order: artist, copyright, position 6°12′S 106°49′E.
fn tiff(little: bool) -> Vec<u8> {
    let n16 = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let n32 = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut out = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    out.extend(n32(8));
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [n16(tag).as_slice(), &n16(kind), &n32(count), &value].concat()
    };
    // Three entries end at 8 + 2 + 36 + 4 = 50; the artist follows, the positions at 64.
    out.extend(n16(3));
    out.extend(entry(0x013b, 2, 10, n32(50)));
    out.extend(entry(0x8298, 2, 4, *b"ACM\0"));
    out.extend(entry(0x8825, 4, 1, n32(64)));
    out.extend(n32(0));
    out.extend(b"Ana Putri\0\0\0\0\0");
    // Four entries end at 64 + 2 + 48 + 4 = 118.
    out.extend(n16(4));
    out.extend(entry(1, 2, 2, *b"S\0\0\0"));
    out.extend(entry(2, 5, 3, n32(118)));
    out.extend(entry(3, 2, 2, *b"E\0\0\0"));
    out.extend(entry(4, 5, 3, n32(142)));
    out.extend(n32(0));
    for n in [6, 1, 12, 1, 0, 1, 106, 1, 49, 1, 0, 1] {
        out.extend(n32(n));
    }
    out
}

fn jpeg(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    for (marker, body) in segments {
        out.extend([0xff, *marker]);
        out.extend((body.len() as u16 + 2).to_be_bytes());
        out.extend(body);
    }
    out.extend([0xff, 0xda, 0, 2, 1, 2, 3]);
    out
}

#[track_caller]
fn jakarta(data: &Metadata) {
    let (north, east) = data.position.unwrap();
    assert!((north + 6.2).abs() < 1e-6 && (east - 106.816_667).abs() < 1e-5, "{data:?}");
}

#[test]
fn exif_in_every_container_and_byte_order() {
    for little in [true, false] {
        let exif = [b"Exif\0\0".to_vec(), tiff(little)].concat();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend((tiff(little).len() as u32).to_be_bytes());
        png.extend(b"eXIf");
        png.extend(tiff(little));
        png.extend([0; 4]);
        let mut webp = b"RIFF\0\0\0\0WEBPEXIF".to_vec();
        webp.extend((tiff(little).len() as u32).to_le_bytes());
        webp.extend(tiff(little));
        let heic = [b"\0\0\0\x18ftypheic".to_vec(), exif.clone()].concat();
        for file in [jpeg(&[(0xe1, exif)]), png, webp, heic, tiff(little)] {
            let data = Metadata::read(&file);
            assert_eq!(data.author.as_deref(), Some("Ana Putri"));
            assert_eq!(data.copyright.as_deref(), Some("ACM"));
            jakarta(&data);
        }
    }
}

#[test]
fn iptc_and_xmp() {
    let mut iptc = Vec::new();
    for (dataset, value) in
        [(80u8, "Budi"), (90, "Jakarta"), (101, "Indonesia"), (116, "(c) Kantor")]
    {
        iptc.extend([0x1c, 2, dataset]);
        iptc.extend((value.len() as u16).to_be_bytes());
        iptc.extend(value.as_bytes());
    }
    let mut block = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
    block.extend((iptc.len() as u32).to_be_bytes());
    block.extend(&iptc);
    let data = Metadata::read(&jpeg(&[(0xed, block)]));
    assert_eq!(data.author.as_deref(), Some("Budi"));
    assert_eq!(data.place.as_deref(), Some("Jakarta, Indonesia"));
    assert_eq!(data.copyright.as_deref(), Some("(c) Kantor"));

    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description exif:GPSLatitude=\"6,12.0S\" \
        exif:GPSLongitude=\"106,49.0E\"><dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">Foto Antara\
        </rdf:li></rdf:Alt></dc:rights></rdf:Description></x:xmpmeta>";
    let data = Metadata::read(&jpeg(&[(0xe1, xmp.to_vec())]));
    jakarta(&data);
    assert_eq!(data.copyright.as_deref(), Some("Foto Antara"));
}

#[test]
fn films() {
    let film = b"\0\0\0\x18ftypqt  ....\xa9xyz\0\x12\x15\xc7-06.2000+106.8167/rest";
    assert_eq!(Metadata::read(film).position, Some((-6.2, 106.8167)));
}

#[test]
fn nothing_to_tell() {
    let zero = jpeg(&[(0xe0, b"JFIF\0".to_vec())]);
    assert!(Metadata::read(&zero).is_empty());
    assert!(Metadata::read(b"").is_empty());
    assert!(Metadata::read(b"hello").is_empty());
}

#[test]
fn damage_does_not_panic() {
    let whole = jpeg(&[(0xe1, [b"Exif\0\0".to_vec(), tiff(true)].concat())]);
    for at in 0..whole.len() {
        let _ = Metadata::read(&whole[..at]);
        for byte in [0u8, 0x7f, 0xff] {
            let mut bad = whole.clone();
            bad[at] = byte;
            let _ = Metadata::read(&bad);
        }
    }
}
