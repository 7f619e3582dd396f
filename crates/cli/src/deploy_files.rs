//! The forms in which browsers take their management.

use serde_json::{Map, Value, json};

use crate::cmd_deploy::{File, PrivateWindows, Settings};

/// What differs between browsers of one family.
#[derive(Debug)]
pub(crate) struct Browser {
    name: &'static str,
    /// Folder of policy files under Linux.
    linux: &'static str,
    /// Registry key of policies.
    registry: &'static str,
    /// Preference domain under macOS.
    domain: &'static str,
    /// Where its store hands out extensions.
    store: &'static str,
    /// The category of extension policies after ADMX ingestion.
    oma: &'static str,
    /// The policy that keeps private windows shut until these extensions may run there.
    mandatory_private: &'static str,
    /// The policy that switches private windows off with the value 1.
    private: &'static str,
}

/// Google Chrome.
pub(crate) const CHROME: Browser = Browser {
    name: "chrome",
    linux: "/etc/opt/chrome/policies/managed/ (Chromium: /etc/chromium/policies/managed/)",
    registry: r"SOFTWARE\Policies\Google\Chrome",
    domain: "com.google.Chrome",
    store: "https://clients2.google.com/service/update2/crx",
    oma: "Chrome~Policy~googlechrome~Extensions",
    mandatory_private: "MandatoryExtensionsForIncognitoNavigation",
    private: "IncognitoModeAvailability",
};

/// Microsoft Edge.
pub(crate) const EDGE: Browser = Browser {
    name: "edge",
    linux: "/etc/opt/edge/policies/managed/",
    registry: r"SOFTWARE\Policies\Microsoft\Edge",
    domain: "com.microsoft.Edge",
    store: "https://edge.microsoft.com/extensionwebstorebase/v1/crx",
    oma: "microsoft_edge~Policy~microsoft_edge~Extensions",
    mandatory_private: "MandatoryExtensionsForInPrivateNavigation",
    private: "InPrivateModeAvailability",
};

impl Settings {
    fn update_url<'a>(&'a self, browser: &Browser) -> &'a str {
        self.update_url.as_deref().unwrap_or(browser.store)
    }
}

/// The policies of a Chromium browser, besides the extension's own settings.
fn chromium_policies(browser: &Browser, settings: &Settings) -> Map<String, Value> {
    let mut policies = Map::new();
    policies.insert(
        "ExtensionSettings".to_owned(),
        json!({ settings.extension_id.clone(): {
            "installation_mode": "force_installed",
            "update_url": settings.update_url(browser),
            "toolbar_state": "force_shown",
            // Where a company keeps extensions off some hosts, this one stays on them: its own manifest limits it.
            "runtime_allowed_hosts": ["*://*"],
        }}),
    );
    // Edge has no pinning by this name, and refuses what it does not know.
    if browser.name == "chrome"
        && let Some(entry) = policies
            .get_mut("ExtensionSettings")
            .and_then(|s| s.get_mut(&settings.extension_id))
            .and_then(Value::as_object_mut)
    {
        entry.remove("toolbar_state");
        entry.insert("toolbar_pin".to_owned(), json!("force_pinned"));
    }
    match settings.private_windows {
        PrivateWindows::Require => {
            policies.insert(browser.mandatory_private.to_owned(), json!([settings.extension_id]));
        }
        PrivateWindows::Disable => {
            policies.insert(browser.private.to_owned(), json!(1));
        }
        PrivateWindows::Leave => {}
    }
    policies
}

pub(crate) fn chromium_linux(browser: &Browser, settings: &Settings) -> File {
    let mut policies = chromium_policies(browser, settings);
    policies.insert(
        "3rdparty".to_owned(),
        json!({ "extensions": { settings.extension_id.clone(): settings.managed } }),
    );
    File {
        path: format!("{}-linux/draftguard.json", browser.name),
        text: pretty(&Value::Object(policies)),
        use_: format!(
            "copy to {}; where ExtensionSettings is set already, add our entry to that file instead",
            browser.linux
        ),
    }
}

/// A value in the registry.
struct Registry {
    key: String,
    name: String,
    value: Value,
}

fn registry(browser: &Browser, settings: &Settings) -> Vec<Registry> {
    let mut all = Vec::new();
    let id = &settings.extension_id;
    for (name, value) in chromium_policies(browser, settings) {
        match value {
            // A policy of its own per extension, so that other entries stay.
            Value::Object(_) => all.push(Registry {
                key: format!(r"{}\ExtensionInstallForcelist", browser.registry),
                name: "8601".to_owned(),
                value: json!(format!("{id};{}", settings.update_url(browser))),
            }),
            Value::Array(items) => {
                all.extend(items.into_iter().zip(8601..).map(|(value, n)| Registry {
                    key: format!(r"{}\{name}", browser.registry),
                    name: n.to_string(),
                    value,
                }))
            }
            value => all.push(Registry { key: browser.registry.to_owned(), name, value }),
        }
    }
    let own = format!(r"{}\3rdparty\extensions\{id}\policy", browser.registry);
    for (name, value) in &settings.managed {
        match value {
            Value::Array(items) => all.extend(items.iter().cloned().zip(1..).map(|(value, n)| {
                Registry { key: format!(r"{own}\{name}"), name: n.to_string(), value }
            })),
            value => {
                // The registry knows no truth values: browsers read a number by the extension's schema.
                let value = value.as_bool().map_or_else(|| value.clone(), |b| json!(u8::from(b)));
                all.push(Registry { key: own.clone(), name: name.clone(), value })
            }
        }
    }
    all
}

pub(crate) fn chromium_windows(browser: &Browser, settings: &Settings) -> Vec<File> {
    let values = registry(browser, settings);
    let folder = format!("{}-windows", browser.name);
    vec![
        File {
            path: format!("{folder}/draftguard.reg"),
            text: reg_file(&values),
            use_: "import on one computer to try it: reg import draftguard.reg".to_owned(),
        },
        File {
            path: format!("{folder}/gpo-values.csv"),
            text: gpo_values(&values),
            use_: "Group Policy: Computer Configuration > Preferences > Windows Settings > Registry, one item a row"
                .to_owned(),
        },
        File {
            path: format!("{folder}/intune-script.ps1"),
            text: powershell(&values),
            use_: "Intune: Devices > Scripts and remediations > Platform scripts, run as system in 64 bit".to_owned(),
        },
        File {
            path: format!("{folder}/intune-oma-uri.json"),
            text: oma_uri(browser, settings),
            use_: "Intune: the forced installation as a custom profile, where the browser's ADMX is ingested; the \
                   extension's own settings are in intune-script.ps1"
                .to_owned(),
        },
    ]
}

fn reg_file(values: &[Registry]) -> String {
    // The format's own line ends and first line; anything else is refused by `reg import`.
    let mut text = String::from("Windows Registry Editor Version 5.00\r\n");
    let mut key = "";
    for entry in values {
        if entry.key != key {
            text.push_str(&format!("\r\n[HKEY_LOCAL_MACHINE\\{}]\r\n", entry.key));
            key = &entry.key;
        }
        let value = match &entry.value {
            Value::Number(n) => format!("dword:{:08x}", n.as_u64().unwrap_or(0)),
            value => format!("\"{}\"", plain(value).replace('\\', r"\\").replace('"', "\\\"")),
        };
        text.push_str(&format!("\"{}\"={value}\r\n", entry.name));
    }
    text
}

fn gpo_values(values: &[Registry]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text = String::from("Hive,Key,Name,Type,Value\n");
    for entry in values {
        let kind = if entry.value.is_number() { "REG_DWORD" } else { "REG_SZ" };
        text.push_str(&format!(
            "HKEY_LOCAL_MACHINE,{},{},{kind},{}\n",
            quoted(&entry.key),
            quoted(&entry.name),
            quoted(&plain(&entry.value)),
        ));
    }
    text
}

fn powershell(values: &[Registry]) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut text = String::from("$ErrorActionPreference = 'Stop'\n");
    let mut key = "";
    for entry in values {
        let path = quoted(&format!(r"HKLM:\{}", entry.key));
        if entry.key != key {
            // `New-Item -Force` empties a key that is there: only missing ones are made.
            text.push_str(&format!(
                "if (-not (Test-Path {path})) {{ New-Item -Path {path} -Force | Out-Null }}\n"
            ));
            key = &entry.key;
        }
        let kind = if entry.value.is_number() { "DWord" } else { "String" };
        text.push_str(&format!(
            "New-ItemProperty -Path {path} -Name {} -Value {} -PropertyType {kind} -Force | Out-Null\n",
            quoted(&entry.name),
            quoted(&plain(&entry.value)),
        ));
    }
    text
}

/// A custom profile in the form of Microsoft Graph.
fn oma_uri(browser: &Browser, settings: &Settings) -> String {
    let value = format!(
        "<enabled/><data id=\"ExtensionInstallForcelistDesc\" value=\"8601&#xF000;{};{}\"/>",
        settings.extension_id,
        xml(settings.update_url(browser)),
    );
    pretty(&json!({
        "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
        "displayName": format!("Draftguard for {}", browser.name),
        "omaSettings": [{
            "@odata.type": "#microsoft.graph.omaSettingString",
            "displayName": "Forced installation",
            "omaUri": format!(
                "./Device/Vendor/MSFT/Policy/Config/{}/ExtensionInstallForcelist",
                browser.oma
            ),
            "value": value,
        }],
    }))
}

pub(crate) fn chromium_macos(browser: &Browser, settings: &Settings) -> File {
    let browser_payload = chromium_policies(browser, settings);
    let own_domain = format!("{}.extensions.{}", browser.domain, settings.extension_id);
    File {
        path: format!("{}-macos/draftguard.mobileconfig", browser.name),
        text: mobileconfig(
            browser.name,
            &[(browser.domain, &browser_payload), (&own_domain, &settings.managed)],
        ),
        use_:
            "upload to the device management (Jamf, Intune, Kandji) as a custom profile for devices"
                .to_owned(),
    }
}

fn firefox_policies(settings: &Settings) -> Map<String, Value> {
    let mut entry = Map::new();
    entry.insert("installation_mode".to_owned(), json!("force_installed"));
    entry.insert("install_url".to_owned(), json!(settings.xpi_url));
    if settings.private_windows == PrivateWindows::Require {
        entry.insert("private_browsing".to_owned(), json!(true));
    }
    let mut policies = Map::new();
    policies.insert("ExtensionSettings".to_owned(), json!({ settings.gecko_id.clone(): entry }));
    if settings.private_windows == PrivateWindows::Disable {
        policies.insert("DisablePrivateBrowsing".to_owned(), json!(true));
    }
    policies.insert(
        "3rdparty".to_owned(),
        json!({ "Extensions": { settings.gecko_id.clone(): settings.managed } }),
    );
    policies
}

pub(crate) fn firefox_json(settings: &Settings) -> File {
    File {
        path: "firefox/policies.json".to_owned(),
        text: pretty(&json!({ "policies": firefox_policies(settings) })),
        use_: r"Linux: /etc/firefox/policies/policies.json; Windows: C:\Program Files\Mozilla Firefox\distribution\policies.json; merge where one is there"
            .to_owned(),
    }
}

pub(crate) fn firefox_macos(settings: &Settings) -> File {
    let mut policies = firefox_policies(settings);
    policies.insert("EnterprisePoliciesEnabled".to_owned(), json!(true));
    File {
        path: "firefox-macos/draftguard.mobileconfig".to_owned(),
        text: mobileconfig("firefox", &[("org.mozilla.firefox", &policies)]),
        use_: "upload to the device management as a custom profile for devices".to_owned(),
    }
}

/// A configuration profile. Its identifiers follow from its content, so that the
/// same settings are the same profile.
fn mobileconfig(browser: &str, payloads: &[(&str, &Map<String, Value>)]) -> String {
    let mut inner = String::new();
    for (domain, settings) in payloads {
        let content = plist_fields(settings, 3);
        inner.push_str(&format!(
            "\t\t<dict>\n{content}{}\t\t</dict>\n",
            payload_keys(domain, &format!("example.draftguard.{domain}"), 3),
        ));
    }
    let id = format!("example.draftguard.{browser}");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n\t<key>PayloadContent</key>\n\t<array>\n{inner}\t</array>\n\
         \t<key>PayloadDisplayName</key>\n\t<string>Draftguard for {browser}</string>\n\
         \t<key>PayloadScope</key>\n\t<string>System</string>\n{}</dict>\n</plist>\n",
        payload_keys("Configuration", &id, 1),
    )
}

fn payload_keys(kind: &str, id: &str, depth: usize) -> String {
    let tabs = "\t".repeat(depth);
    format!(
        "{tabs}<key>PayloadIdentifier</key>\n{tabs}<string>{id}</string>\n\
         {tabs}<key>PayloadType</key>\n{tabs}<string>{kind}</string>\n\
         {tabs}<key>PayloadUUID</key>\n{tabs}<string>{}</string>\n\
         {tabs}<key>PayloadVersion</key>\n{tabs}<integer>1</integer>\n",
        uuid(id),
    )
}

/// A UUID that follows from a name (FNV-1a; RFC 9562, version 8: made as its maker likes).
fn uuid(name: &str) -> String {
    let hash = |seed: u64| {
        name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    };
    let (high, low) = (hash(0), hash(1));
    format!(
        "{:08X}-{:04X}-8{:03X}-8{:03X}-{:012X}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff,
    )
}

fn plist_fields(fields: &Map<String, Value>, depth: usize) -> String {
    let tabs = "\t".repeat(depth);
    fields
        .iter()
        .map(|(name, value)| format!("{tabs}<key>{}</key>\n{}", xml(name), plist(value, depth)))
        .collect()
}

fn plist(value: &Value, depth: usize) -> String {
    let tabs = "\t".repeat(depth);
    match value {
        Value::Object(fields) => {
            format!("{tabs}<dict>\n{}{tabs}</dict>\n", plist_fields(fields, depth + 1))
        }
        Value::Array(items) => {
            let inner: String = items.iter().map(|i| plist(i, depth + 1)).collect();
            format!("{tabs}<array>\n{inner}{tabs}</array>\n")
        }
        Value::Bool(b) => format!("{tabs}<{b}/>\n"),
        Value::Number(n) => format!("{tabs}<integer>{n}</integer>\n"),
        other => format!("{tabs}<string>{}</string>\n", xml(&plain(other))),
    }
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text without its quotes; anything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn pretty(value: &Value) -> String {
    // A value of ours can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
