//! Ready-made policy parts that are shipped with Draftguard.

/// How a pack is told from a file: `pack:core`.
pub const PREFIX: &str = "pack:";

macro_rules! packs {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../packs/", $name, ".toml")))),*]
    };
}

const PACKS: [(&str, &str); 14] = packs![
    "core",
    "company",
    "finance",
    "health",
    "public-sector",
    "advertising",
    "indonesia",
    "labour-us",
    "demo",
    "examples/walmart-style",
    "examples/best-buy-style",
    "examples/edmonton-style",
    "examples/dell-style",
    "examples/intel-style",
];

/// The names of all packs, without the prefix.
pub fn names() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|(name, _)| *name)
}

/// The text of a pack, by its name with or without the prefix.
pub fn get(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix(PREFIX).unwrap_or(name);
    PACKS.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}
