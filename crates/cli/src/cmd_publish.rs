//! `draftguard publish`: a bundle to where browsers fetch it.
//!
//! The versioned copy is written first, then the current file, which is
//! replaced whole: whoever fetches gets the old bundle or the new one. What is
//! there already decides whether it may be replaced; a store that can compare
//! does so while writing, so that two administrators cannot overtake each other.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use draftguard_bundle::{MAX_BUNDLE_BYTES, Trust};
use object_store::path::Path as StorePath;
use object_store::{
    Attribute, Attributes, Error as StoreError, ObjectStore, PutMode, PutOptions, PutPayload,
    RetryConfig, UpdateVersion,
};

use crate::cmd_verify::TrustArgs;
use crate::{bundles, policies};

/// A person waits in front of it: a store that does not answer is given up within half a minute.
fn retry() -> RetryConfig {
    RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(30), ..RetryConfig::default() }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The signed bundle
    bundle: PathBuf,
    /// A folder, s3://BUCKET/PREFIX, gs://BUCKET/PREFIX or az://CONTAINER/PREFIX; credentials come
    /// from the usual environment variables of each
    #[arg(long, value_name = "DIR|URL")]
    to: String,
    #[command(flatten)]
    trust: TrustArgs,
    /// The name of the current file [default: ID.dgb]
    #[arg(long)]
    name: Option<String>,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let bytes = policies::read(&args.bundle)?;
    let keys = bundles::key_set(&args.trust.trust, args.trust.threshold)?;
    // Nothing leaves that browsers would refuse.
    let accepted = draftguard_bundle::verify(&bytes, &Trust::new(keys), bundles::now())
        .with_context(|| format!("`{}` is not published", args.bundle.display()))?;
    let target = Target::open(&args.to)?;
    let header = accepted.header;
    let current = args.name.unwrap_or_else(|| format!("{}.dgb", header.policy));
    let versioned = format!("{}-{}.dgb", current.trim_end_matches(".dgb"), header.version);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut out = anstream::stdout();
    runtime.block_on(async {
        let before = target.read(&current).await?;
        if let Some((there, _)) = &before {
            match draftguard_bundle::inspect(there) {
                Ok((old, _)) if old.policy != header.policy => bail!(
                    "`{current}` there holds the policy `{}`, not `{}`: choose another --name",
                    old.policy,
                    header.policy
                ),
                Ok((old, _)) if old.version > header.version => bail!(
                    "version {} is published already; {} would go backwards: raise the version",
                    old.version,
                    header.version
                ),
                Ok((old, _)) if old.version == header.version && *there != bytes => bail!(
                    "version {} is published already with other content: raise the version",
                    old.version
                ),
                Ok(_) if *there == bytes => {
                    writeln!(out, "version {} is published already", header.version)?;
                    return Ok(());
                }
                Ok(_) => {}
                Err(error) => {
                    bail!("`{current}` there is not a bundle ({error}): choose another --name")
                }
            }
        }
        target.write(&versioned, &bytes, None, "public, max-age=31536000, immutable").await?;
        writeln!(out, "wrote {}", target.show(&versioned))?;
        let version = before.map(|(_, version)| version);
        target.write(&current, &bytes, Some(version), "public, no-cache").await?;
        writeln!(out, "wrote {}", target.show(&current))?;
        anyhow::Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

struct Target {
    store: Arc<dyn ObjectStore>,
    prefix: StorePath,
    shown: String,
    local: bool,
}

impl Target {
    fn open(to: &str) -> anyhow::Result<Self> {
        let shown = to.trim_end_matches('/').to_owned();
        if !to.contains("://") {
            let folder = std::path::Path::new(to);
            if !folder.is_dir() {
                bail!("`{to}` is not a folder");
            }
            let store = object_store::local::LocalFileSystem::new_with_prefix(folder)
                .with_context(|| format!("cannot use `{to}`"))?;
            return Ok(Self {
                store: Arc::new(store),
                prefix: StorePath::default(),
                shown,
                local: true,
            });
        }
        let url = url::Url::parse(to).with_context(|| format!("`{to}` is not an address"))?;
        let prefix =
            StorePath::from_url_path(url.path()).with_context(|| format!("cannot use `{to}`"))?;
        let cannot = || {
            format!("cannot use `{to}`: see the environment variables in docs/administrators.md")
        };
        let bucket = url.host_str().unwrap_or_default();
        let store: Arc<dyn ObjectStore> = match url.scheme() {
            "s3" => Arc::new(
                object_store::aws::AmazonS3Builder::from_env()
                    .with_bucket_name(bucket)
                    .with_retry(retry())
                    .with_conditional_put(object_store::aws::S3ConditionalPut::ETagMatch)
                    .build()
                    .with_context(cannot)?,
            ),
            "gs" => Arc::new(
                object_store::gcp::GoogleCloudStorageBuilder::from_env()
                    .with_bucket_name(bucket)
                    .with_retry(retry())
                    .build()
                    .with_context(cannot)?,
            ),
            "az" => Arc::new(
                object_store::azure::MicrosoftAzureBuilder::from_env()
                    .with_container_name(bucket)
                    .with_retry(retry())
                    .build()
                    .with_context(cannot)?,
            ),
            other => bail!("`{other}://` is not known: a folder, s3://, gs:// or az://"),
        };
        Ok(Self { store, prefix, shown, local: false })
    }

    fn show(&self, name: &str) -> String {
        format!("{}/{name}", self.shown)
    }

    /// What is there, with what is needed to replace exactly that.
    async fn read(&self, name: &str) -> anyhow::Result<Option<(Vec<u8>, UpdateVersion)>> {
        let cannot = || format!("cannot read {}", self.show(name));
        let found = match self.store.get(&self.prefix.child(name)).await {
            Ok(found) => found,
            Err(StoreError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error).with_context(cannot),
        };
        if found.meta.size > MAX_BUNDLE_BYTES as u64 {
            bail!("{} is not a bundle: it has {} bytes", self.show(name), found.meta.size);
        }
        let version =
            UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
        Ok(Some((found.bytes().await.with_context(cannot)?.to_vec(), version)))
    }

    /// Writes a file whole. `replaces`: `None` whatever is there; `Some(None)` only where there is
    /// none; `Some(version)` only that one.
    async fn write(
        &self,
        name: &str,
        bytes: &[u8],
        replaces: Option<Option<UpdateVersion>>,
        cache: &'static str,
    ) -> anyhow::Result<()> {
        let mode = match replaces {
            // A local folder renames into place and cannot compare.
            Some(Some(version)) if !self.local => PutMode::Update(version),
            Some(None) => PutMode::Create,
            _ => PutMode::Overwrite,
        };
        let mut options = PutOptions { mode, ..PutOptions::default() };
        if !self.local {
            let mut attributes = Attributes::new();
            attributes.insert(Attribute::ContentType, "application/octet-stream".into());
            attributes.insert(Attribute::CacheControl, cache.into());
            options.attributes = attributes;
        }
        let path = self.prefix.child(name);
        let payload = PutPayload::from(bytes.to_vec());
        match self.store.put_opts(&path, payload, options).await {
            Ok(_) => Ok(()),
            Err(StoreError::Precondition { .. } | StoreError::AlreadyExists { .. }) => bail!(
                "somebody published to {} at the same moment: look at it, and publish again",
                self.show(name)
            ),
            Err(error) => Err(error)
                .with_context(|| format!("cannot write {}; nothing was replaced", self.show(name))),
        }
    }
}
