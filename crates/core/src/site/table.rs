//! Limits by site and surface.

use super::{Limit, LinkWeight, Unit};
use crate::context::Surface;
use crate::draft::PartRole;

/// The limit of some surfaces of a site.
pub(super) struct Row {
    /// Site id.
    pub site: &'static str,
    /// Surfaces.
    pub surfaces: &'static [Surface],
    /// Which text.
    pub role: PartRole,
    /// How long, how counted.
    pub limit: Limit,
}

const WRITTEN: &[Surface] = &[
    Surface::Post,
    Surface::Reply,
    Surface::Comment,
    Surface::Quote,
    Surface::Thread,
    Surface::Edit,
];
const POSTS: &[Surface] = &[Surface::Post, Surface::Quote, Surface::Thread, Surface::Edit];
const ANSWERS: &[Surface] = &[Surface::Reply, Surface::Comment];
const MESSAGES: &[Surface] = &[Surface::Message];
const PROFILES: &[Surface] = &[Surface::Profile];
const ALTS: &[Surface] = &[Surface::Alt];

const fn row(
    site: &'static str,
    surfaces: &'static [Surface],
    max: u32,
    unit: Unit,
    link: LinkWeight,
    fold: Option<u32>,
) -> Row {
    Row { site, surfaces, role: PartRole::Body, limit: Limit { max, unit, link, fold } }
}

const fn other(
    site: &'static str,
    surfaces: &'static [Surface],
    role: PartRole,
    max: u32,
    unit: Unit,
) -> Row {
    let limit = Limit { max, unit, link: LinkWeight::AsWritten, fold: None };
    Row { site, surfaces, role, limit }
}

/// Every known limit. The folds are the lower of the figures that public guides give.
pub(super) const ROWS: &[Row] = {
    use LinkWeight::{AsWritten, Fixed, Shortened};
    use Unit::{CodePoints, Graphemes, Mastodon, Utf16, XWeighted};
    &[
        row("x", WRITTEN, 280, XWeighted, Fixed(23), Some(280)),
        row("x", MESSAGES, 10_000, Utf16, AsWritten, None),
        other("x", PROFILES, PartRole::Profile, 160, XWeighted),
        other("x", ALTS, PartRole::Alt, 1_000, Utf16),
        row("linkedin", POSTS, 3_000, Utf16, AsWritten, Some(200)),
        row("linkedin", ANSWERS, 1_250, Utf16, AsWritten, None),
        row("linkedin", MESSAGES, 8_000, Utf16, AsWritten, None),
        other("linkedin", PROFILES, PartRole::Profile, 2_600, Utf16),
        row("facebook", POSTS, 63_206, Utf16, AsWritten, Some(400)),
        row("facebook", ANSWERS, 8_000, Utf16, AsWritten, None),
        row("bluesky", WRITTEN, 300, Graphemes, Shortened, None),
        row("bluesky", MESSAGES, 1_000, Graphemes, AsWritten, None),
        other("bluesky", PROFILES, PartRole::Profile, 256, Graphemes),
        other("bluesky", ALTS, PartRole::Alt, 2_000, Graphemes),
        row("mastodon", WRITTEN, 500, Mastodon, Fixed(23), None),
        row("mastodon", MESSAGES, 500, Mastodon, Fixed(23), None),
        other("mastodon", ALTS, PartRole::Alt, 1_500, CodePoints),
        row("reddit", POSTS, 40_000, CodePoints, AsWritten, None),
        row("reddit", ANSWERS, 10_000, CodePoints, AsWritten, None),
        other("reddit", POSTS, PartRole::Title, 300, CodePoints),
        row("youtube", WRITTEN, 10_000, CodePoints, AsWritten, Some(200)),
        row("discord", WRITTEN, 2_000, Utf16, AsWritten, None),
        row("discord", MESSAGES, 2_000, Utf16, AsWritten, None),
        row("instagram", WRITTEN, 2_200, Utf16, AsWritten, Some(125)),
        row("threads", WRITTEN, 500, Utf16, AsWritten, None),
    ]
};
