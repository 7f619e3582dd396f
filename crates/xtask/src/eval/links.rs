//! Look-alike domains of dnstwist's families, and well-known sites as false alarms.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use draftguard_core::detect::web::{Address, Lookalikes};

use super::Family;

pub(super) fn run(corpora: &Path, families: &mut Vec<Family>, skipped: &mut Vec<String>) {
    let known = Lookalikes::new([], []);
    match std::fs::read_to_string(corpora.join("urls/lookalikes_dev.tsv")) {
        Ok(text) => lookalikes(&text, &known, families),
        Err(_) => skipped.push("urls/lookalikes_dev.tsv".to_owned()),
    }
    match std::fs::read_to_string(corpora.join("urls/top_sites_500.json")) {
        Ok(text) => {
            let sites: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
            let mut family = Family::new("look-alikes, well-known sites", "0 false");
            family.clean = sites.len();
            for site in &sites {
                if let Some(address) = Address::read(site)
                    && let Some(imitation) = known.judge(&address.host)
                {
                    family
                        .alarms
                        .push(format!("{site} taken for {} ({})", imitation.of, imitation.how));
                }
            }
            families.push(family);
        }
        Err(_) => skipped.push("urls/top_sites_500.json".to_owned()),
    }
}

fn lookalikes(text: &str, known: &Lookalikes, families: &mut Vec<Family>) {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .skip(1)
        .map(|l| l.split('\t').collect())
        .filter(|r: &Vec<_>| r.len() >= 3)
        .collect();
    let brands: BTreeSet<&str> = rows.iter().map(|r| r[0]).collect();
    let own: BTreeMap<&str, Lookalikes> =
        brands.iter().map(|b| (*b, Lookalikes::new([*b], []))).collect();
    let mut of_known = Family::new("look-alikes of well-known domains", ".97");
    let mut of_own = Family::new("look-alikes of the company's domains", ".97");
    let mut kinds: BTreeMap<&str, Family> = BTreeMap::new();
    for row in &rows {
        let Some(address) = Address::read(row[2]) else { continue };
        let line = format!("{} {} {} {}", row[1], row[0], row[2], address.host);
        let kind = kinds
            .entry(row[1])
            .or_insert_with(|| Family::new(&format!("look-alikes, {}", row[1]), ""));
        match known.judge(&address.host) {
            Some(_) => {
                of_known.hits += 1;
                kind.hits += 1;
            }
            None => {
                of_known.misses.push(line.clone());
                kind.misses.push(line.clone());
            }
        }
        match own.get(row[0]).and_then(|o| o.judge(&address.host)) {
            Some(_) => of_own.hits += 1,
            None => of_own.misses.push(line),
        }
    }
    families.push(of_known);
    families.push(of_own);
    families.extend(kinds.into_values());
}
