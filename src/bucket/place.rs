//! Where objects lie in a store, how it is opened, and how its answers are waited for.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, RetryConfig};

use super::http::OwnConnector;
use super::profile;

/// So many letters are told of a cause: some stores answer with a page.
const LONGEST_CAUSE: usize = 400;

/// Where objects lie.
#[derive(Debug)]
pub struct StorePlace {
    /// The store.
    pub store: Arc<dyn ObjectStore>,
    /// What the name of each object begins with; may be empty.
    pub prefix: String,
}

/// How long a store that doesn't answer is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorePatience {
    /// Until it is plain that it won't: what is asked has to be done.
    Long,
    /// A few seconds: it can be done without.
    Short,
}

impl StorePlace {
    /// The place of an address: `s3://bucket/handbook`.
    ///
    /// # Errors
    /// If what the environment says makes no store.
    pub fn open(address: &str, patience: StorePatience) -> Result<Self> {
        let unopened =
            || format!("`{address}` can't be opened; docs/publishing.md tells what the environment has to say");
        let store = opened(address, patience).map_err(|error| told(&error)).with_context(unopened)?;
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let prefix = rest.split_once('/').map_or("", |(_, prefix)| prefix).trim_matches('/').to_owned();
        let place = Self { store, prefix };
        place.object("index.html")?;
        Ok(place)
    }

    /// The object of a path.
    ///
    /// # Errors
    /// If no object can be called so.
    pub fn object(&self, path: &str) -> Result<Path> {
        let whole = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&whole).with_context(|| format!("`{path}` can't be the name of an object"))
    }

    /// What an object holds, if it is there.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let object = self.object(path)?;
        match answer(async { self.store.get(&object).await?.bytes().await })? {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(told(&error)),
        }
    }
}

fn opened(address: &str, patience: StorePatience) -> object_store::Result<Arc<dyn ObjectStore>> {
    let retry = match patience {
        StorePatience::Long => RetryConfig::default(),
        StorePatience::Short => {
            RetryConfig { max_retries: 2, retry_timeout: Duration::from_secs(10), ..RetryConfig::default() }
        }
    };
    Ok(match address.split_once("://").map_or("", |(kind, _)| kind) {
        "s3" => {
            let builder = known_to_amazon(AmazonS3Builder::from_env());
            Arc::new(builder.with_url(address).with_http_connector(OwnConnector).with_retry(retry).build()?)
        }
        "gs" => {
            let builder = GoogleCloudStorageBuilder::from_env();
            Arc::new(builder.with_url(address).with_http_connector(OwnConnector).with_retry(retry).build()?)
        }
        _ => {
            let builder = MicrosoftAzureBuilder::from_env();
            Arc::new(builder.with_url(address).with_http_connector(OwnConnector).with_retry(retry).build()?)
        }
    })
}

/// What the environment doesn't say, the files of Amazon's own tools may.
fn known_to_amazon(builder: AmazonS3Builder) -> AmazonS3Builder {
    use AmazonS3ConfigKey::{AccessKeyId, Endpoint, Region, RoleArn, SecretAccessKey, Token, WebIdentityTokenFile};
    let profile = profile::of_environment();
    let is_known =
        [AccessKeyId, WebIdentityTokenFile, RoleArn].iter().any(|key| builder.get_config_value(key).is_some());
    let secrets =
        [(AccessKeyId, "aws_access_key_id"), (SecretAccessKey, "aws_secret_access_key"), (Token, "aws_session_token")];
    let secrets = secrets.into_iter().filter(|_| !is_known);
    let others = [(Region, "region"), (Endpoint, "endpoint_url")];
    secrets.chain(others).fold(builder, |builder, (key, name)| match profile.get(name) {
        Some(said) if builder.get_config_value(&key).is_none() => builder.with_config(key, said),
        _ => builder,
    })
}

/// What a store's library says of an error, which names each cause again in what follows from it: what it means, and
/// what it came from.
pub fn told(error: &object_store::Error) -> anyhow::Error {
    let meaning = match error {
        object_store::Error::Unauthenticated { .. } => "the store doesn't know who asks: ",
        object_store::Error::PermissionDenied { .. } => "the store doesn't let us: ",
        object_store::Error::NotFound { .. } => "the store has no such place: ",
        _ => "",
    };
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let words = cause.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = words.chars().take(LONGEST_CAUSE).collect();
    anyhow!("{meaning}{}{}", shown.trim_start_matches("io: "), if shown.len() < words.len() { "…" } else { "" })
}

/// Waits for a store's answer. Each thread waits for one at a time.
///
/// # Errors
/// If nothing can be waited for.
pub fn answer<T>(asked: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    Ok(runtime.context("nothing can be asked of a store")?.block_on(asked))
}
