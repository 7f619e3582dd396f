//! Limits by site and surface, as they are looked up.

use std::borrow::Cow;

use super::file::{LimitUnit, SiteFile};
use super::{Limit, LinkWeight, Unit, file};
use crate::context::Surface;
use crate::draft::PartRole;

/// The limit of one kind of text on some surfaces of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Site id.
    pub site: Cow<'static, str>,
    /// Surfaces.
    pub surfaces: Cow<'static, [Surface]>,
    /// Which text.
    pub role: PartRole,
    /// How long, how counted.
    pub limit: Limit,
}

/// What the main text of a surface is in a draft.
pub(super) fn role_of(surface: Surface) -> PartRole {
    match surface {
        Surface::Alt => PartRole::Alt,
        Surface::Poll => PartRole::Poll,
        Surface::Profile => PartRole::Profile,
        _ => PartRole::Body,
    }
}

/// Where else a limit is looked for: a site's data names what its compose boxes are, and a thread or a
/// quote is written in the box of a post.
fn akin(surface: Surface) -> &'static [Surface] {
    match surface {
        Surface::Reply => &[Surface::Comment, Surface::Post],
        Surface::Comment => &[Surface::Reply, Surface::Post],
        Surface::Quote | Surface::Thread | Surface::Edit => &[Surface::Post],
        _ => &[],
    }
}

/// The limit of a text on a surface, or on the one nearest to it.
pub(super) fn find(rows: &[Row], site: &str, surface: Surface, role: PartRole) -> Option<Limit> {
    let on = |surface: &Surface| {
        let row = rows
            .iter()
            .find(|r| r.site == site && r.role == role && r.surfaces.contains(surface))?;
        Some(row.limit)
    };
    on(&surface).or_else(|| akin(surface).iter().find_map(on))
}

/// The limits in a site's data. Of several compose boxes of one surface the largest counts; the content
/// script, which knows which of them it is, says so where its own differs.
pub fn rows(site: &SiteFile) -> Vec<Row> {
    let mut all: Vec<(Surface, PartRole, Limit)> = Vec::new();
    for box_ in &site.surfaces {
        let main = box_.limit.map(|l| (box_.surface, role_of(box_.surface), limit(l, box_.fold)));
        let fields = box_.fields.iter().filter_map(|field| {
            let surface = match field.role {
                PartRole::Alt => Surface::Alt,
                PartRole::Poll => Surface::Poll,
                PartRole::Profile => Surface::Profile,
                _ => box_.surface,
            };
            Some((surface, field.role, limit(field.limit?, None)))
        });
        for (surface, role, limit) in main.into_iter().chain(fields) {
            match all.iter_mut().find(|(s, r, _)| *s == surface && *r == role) {
                Some((_, _, known)) => {
                    if known.max < limit.max {
                        *known = limit;
                    }
                }
                None => all.push((surface, role, limit)),
            }
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    for (surface, role, limit) in all {
        match rows.iter_mut().find(|r| r.role == role && r.limit == limit) {
            Some(row) => row.surfaces.to_mut().push(surface),
            None => rows.push(Row {
                site: Cow::Owned(site.id.clone()),
                surfaces: Cow::Owned(vec![surface]),
                role,
                limit,
            }),
        }
    }
    rows
}

fn limit(file: file::Limit, fold: Option<u32>) -> Limit {
    let unit = match file.unit {
        LimitUnit::Weighted => Unit::XWeighted,
        LimitUnit::Utf16 => Unit::Utf16,
        LimitUnit::Codepoints => Unit::CodePoints,
        LimitUnit::Graphemes | LimitUnit::Bluesky => Unit::Graphemes,
        LimitUnit::Mastodon => Unit::Mastodon,
    };
    let link = match (file.unit, file.link) {
        (LimitUnit::Bluesky, _) => LinkWeight::Shortened,
        (_, Some(weight)) => LinkWeight::Fixed(weight),
        (_, None) => LinkWeight::AsWritten,
    };
    Limit { max: file.max, unit, link, fold }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    fn site(json: &str) -> SiteFile {
        serde_json::from_str(json).unwrap()
    }

    const ACME: &str = r#"{"id":"x","name":"X","hosts":["x.com"],"confidence":"high","surfaces":[
        {"surface":"post","editors":["a"],"submit":["b"],"limit":{"max":4000,"unit":"weighted","link":23},
         "fields":[{"role":"title","select":["t"],"limit":{"max":90,"unit":"codepoints"}}],"confidence":"high"},
        {"surface":"post","editors":["c"],"submit":["b"],"limit":{"max":10,"unit":"utf16"},"confidence":"high"}]}"#;

    #[test]
    fn site_data_that_came_with_a_policy_counts() {
        let rows = rows(&site(ACME));
        let context = |surface| Context {
            site: Some("x".into()),
            surface: Some(surface),
            ..Context::default()
        };
        let of = |surface, role| Limit::of(&rows, &context(surface), role).map(|l| l.max);
        assert_eq!(of(Surface::Post, PartRole::Body), Some(4000));
        assert_eq!(of(Surface::Thread, PartRole::Body), Some(4000));
        assert_eq!(of(Surface::Post, PartRole::Title), Some(90));
        // What it does not say is not known: the site's own data says no more than this.
        assert_eq!(of(Surface::Message, PartRole::Body), None);
        let elsewhere = Context { site: Some("bluesky".into()), ..Context::default() };
        assert_eq!(Limit::of(&rows, &elsewhere, PartRole::Body).map(|l| l.max), Some(300));
    }

    #[test]
    fn a_box_may_say_that_it_has_none() {
        let context = Context { site: Some("x".into()), limit: Some(0), ..Context::default() };
        assert_eq!(Limit::of(&[], &context, PartRole::Body), None);
    }
}
