//! What policies in force at once know together.
//!
//! A company's policy names the company; a pack that is in force beside it brings rules. Whose facts a
//! rule sees must not depend on which of the two it stands in: company facts and roles are everybody's,
//! contacts those of a policy that has none.

use crate::policy::{Company, Contact, Policy, Role};

/// Gives every policy the facts of all.
pub(super) fn share(policies: &mut [Policy]) {
    if policies.len() < 2 {
        return;
    }
    let mut company = Company::default();
    let mut roles: Vec<Role> = Vec::new();
    let mut contacts: Vec<Contact> = Vec::new();
    for policy in policies.iter() {
        add_company(&mut company, &policy.company);
        add(&mut roles, &policy.roles, |a, b| a.id == b.id);
        add(&mut contacts, &policy.contacts, |a, b| a.id == b.id);
    }
    for policy in policies {
        // Its own come first: `{company}` in a message is the first name.
        add_company(&mut policy.company, &company);
        add(&mut policy.roles, &roles, |a, b| a.id == b.id);
        if policy.contacts.is_empty() {
            policy.contacts.clone_from(&contacts);
        }
    }
}

fn add_company(to: &mut Company, from: &Company) {
    for (to, from) in [
        (&mut to.names, &from.names),
        (&mut to.products, &from.products),
        (&mut to.competitors, &from.competitors),
        (&mut to.partners, &from.partners),
        (&mut to.clients, &from.clients),
    ] {
        add(to, from, |a, b| a.name == b.name);
    }
    for (to, from) in [
        (&mut to.domains, &from.domains),
        (&mut to.internal_hosts, &from.internal_hosts),
        (&mut to.public_contacts, &from.public_contacts),
        (&mut to.public_facts, &from.public_facts),
    ] {
        add(to, from, PartialEq::eq);
    }
    add(&mut to.brand_accounts, &from.brand_accounts, |a, b| {
        a.site == b.site && a.handle == b.handle
    });
}

/// Adds what is not there yet.
fn add<T: Clone>(to: &mut Vec<T>, from: &[T], same: impl Fn(&T, &T) -> bool) {
    for item in from {
        if !to.iter().any(|have| same(have, item)) {
            to.push(item.clone());
        }
    }
}
