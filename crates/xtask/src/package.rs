//! The zip for each store.
//!
//! There is one manifest; what a store does not take is left out here. Entries are sorted and
//! carry one fixed time, so that anybody who builds the same commit gets the same bytes.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A store, and what it does not take.
struct Store {
    name: &'static str,
    /// Keys of the manifest that are left out, as JSON pointers to the object and the key in it.
    without: &'static [(&'static str, &'static str)],
}

const STORES: [Store; 3] = [
    Store { name: "chrome", without: CHROMIUM },
    Store { name: "edge", without: CHROMIUM },
    // Firefox names a worker that it ignores as a warning.
    Store {
        name: "firefox",
        without: &[("/background", "service_worker"), ("", "minimum_chrome_version")],
    },
];

/// Chromium names an event page that it ignores as a warning.
const CHROMIUM: &[(&str, &str)] = &[("/background", "scripts"), ("", "browser_specific_settings")];

/// Writes `draftguard-VERSION-STORE.zip` for every store, from a built extension.
pub(crate) fn stores(built: &Path, out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let manifest = fs::read_to_string(built.join("manifest.json"))
        .with_context(|| format!("{} holds no built extension", built.display()))?;
    let mut files = Vec::new();
    collect(built, Path::new(""), &mut files)?;
    files.sort();
    for store in STORES {
        let mut manifest: Value = serde_json::from_str(&manifest)?;
        for (object, key) in store.without {
            manifest
                .pointer_mut(object)
                .and_then(Value::as_object_mut)
                .ok_or_else(|| anyhow!("the manifest has no object at `{object}`"))?
                .remove(*key);
        }
        let version = manifest.get("version").and_then(Value::as_str).unwrap_or("0");
        let path = out.join(format!("draftguard-{version}-{}.zip", store.name));
        write(&path, built, &files, &manifest)
            .with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(std::io::stdout(), "{}", path.display())?;
    }
    Ok(())
}

fn write(path: &Path, built: &Path, files: &[PathBuf], manifest: &Value) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(File::create(path)?);
    for file in files {
        zip.start_file(file.to_string_lossy().replace('\\', "/"), options)?;
        if file.as_os_str() == "manifest.json" {
            zip.write_all(format!("{manifest:#}\n").as_bytes())?;
        } else {
            zip.write_all(&fs::read(built.join(file))?)?;
        }
    }
    zip.finish()?.sync_all()?;
    Ok(())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_build_gives_the_same_bytes_and_each_store_its_manifest() {
        let root = std::env::temp_dir().join(format!("draftguard-package-{}", std::process::id()));
        let built = root.join("built");
        fs::create_dir_all(built.join("pages")).unwrap();
        fs::write(built.join("pages/b.js"), "b").unwrap();
        fs::write(built.join("a.js"), "a").unwrap();
        let manifest = r#"{"version":"1.2.3","minimum_chrome_version":"120",
            "background":{"service_worker":"a.js","scripts":["a.js"]},
            "browser_specific_settings":{"gecko":{"id":"x"}}}"#;
        fs::write(built.join("manifest.json"), manifest).unwrap();
        stores(&built, &root.join("one")).unwrap();
        stores(&built, &root.join("two")).unwrap();
        for store in STORES {
            let name = format!("draftguard-1.2.3-{}.zip", store.name);
            let bytes = fs::read(root.join("one").join(&name)).unwrap();
            assert_eq!(bytes, fs::read(root.join("two").join(&name)).unwrap(), "{name}");
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let read: Value =
                serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap();
            let firefox = store.name == "firefox";
            assert_eq!(read.pointer("/background/scripts").is_some(), firefox);
            assert_eq!(read.pointer("/background/service_worker").is_none(), firefox);
            assert_eq!(read.get("browser_specific_settings").is_some(), firefox);
            let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
            assert_eq!(names, ["a.js", "manifest.json", "pages/b.js"]);
        }
        fs::remove_dir_all(root).unwrap();
    }
}
