//! `cargo xtask suffixes LIST`: the public suffix list as the tree that the engine carries.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Where the generated tree lives.
const TREE: &str = "crates/core/src/detect/web/suffixes.txt";

#[derive(Debug, Default)]
struct Node {
    suffix: bool,
    children: BTreeMap<String, Node>,
}

/// The tree of a list, in the form that `detect::web::suffix` documents.
pub(crate) fn tree(list: &str) -> String {
    let mut root = Node::default();
    for rule in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")) {
        // An exception stands at the label it takes out again.
        let (rule, exception) = match rule.strip_prefix('!') {
            Some(rule) => (rule, true),
            None => (rule, false),
        };
        let labels: Vec<&str> = rule.split('.').collect();
        let mut node = &mut root;
        for (i, label) in labels.iter().enumerate().rev() {
            let label = label.replace('-', "_");
            let label = if exception && i == 0 { format!("!{label}") } else { label };
            node = node.children.entry(label).or_default();
        }
        node.suffix = true;
    }
    let mut out = String::new();
    write(&root, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    for (label, child) in &node.children {
        out.push_str(label);
        if !child.suffix {
            out.push('-');
        }
        if child.children.is_empty() {
            out.push(',');
        } else {
            out.push('(');
            write(child, out);
            out.push(')');
        }
    }
}

/// Writes the tree of the list at `path`.
///
/// # Errors
/// The list cannot be read, or the tree not written.
pub(crate) fn run(root: &Path, path: &Path) -> Result<()> {
    let list =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    std::fs::write(root.join(TREE), tree(&list)).context("writing the suffix tree")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_written_inward() {
        assert_eq!(tree("// note\nid\nco.id\n*.ck\n!www.ck\n"), "ck-(!www,*,)id(co,)");
    }

    #[test]
    fn the_shipped_tree_is_that_of_the_list() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let list = crate::eval::corpora(&root)
            .and_then(|c| std::fs::read_to_string(c.join("urls/public_suffix_list.dat")).ok());
        let Some(list) = list else {
            let _ = std::io::Write::write_all(
                &mut std::io::stderr(),
                b"skipped: urls/public_suffix_list.dat is not present\n",
            );
            return;
        };
        assert_eq!(std::fs::read_to_string(root.join(TREE)).unwrap(), tree(&list));
    }
}
