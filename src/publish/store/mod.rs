//! A place in an object store, where a site is published object by object.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{Attribute, AttributeValue, Attributes, ObjectStoreExt as _, PutOptions};

use super::site::SiteFile;
use super::target::PublishTarget;
use crate::bucket::place::{StorePatience, StorePlace, answer, told};
use crate::output::OWN_FILES;

mod lease;

use lease::{Lease, Tenure};

/// A place in an object store.
#[derive(Debug)]
pub struct StoreTarget {
    place: Arc<StorePlace>,
    called: String,
    takes_over: bool,
    tenure: Arc<Tenure>,
}

impl StoreTarget {
    /// The place of an address: `s3://bucket/handbook`. Who takes over waits for nobody who seems to publish there.
    ///
    /// # Errors
    /// If what the environment says makes no store.
    pub fn open(address: &str, takes_over: bool) -> Result<Self> {
        let place = StorePlace::open(address, StorePatience::Long)?;
        let tenure = Arc::default();
        Ok(Self { place: Arc::new(place), called: address.to_owned(), takes_over, tenure })
    }

    /// Refuses to go on where another one has taken over.
    fn ensure_ours(&self) -> Result<()> {
        if self.tenure.is_lost() {
            bail!("somebody else has taken over publishing to `{}`", self.called);
        }
        Ok(())
    }
}

/// What a store is told of a file besides its bytes.
fn attributes(headers: &[(String, String)]) -> Attributes {
    let known = |name: &str| {
        Some(match name {
            "cache-control" => Attribute::CacheControl,
            "content-disposition" => Attribute::ContentDisposition,
            "content-encoding" => Attribute::ContentEncoding,
            "content-language" => Attribute::ContentLanguage,
            "content-type" => Attribute::ContentType,
            _ => return None,
        })
    };
    headers.iter().filter_map(|(name, value)| Some((known(name)?, AttributeValue::from(value.clone())))).collect()
}

impl PublishTarget for StoreTarget {
    fn called(&self) -> String {
        self.called.clone()
    }

    fn list(&self) -> Result<BTreeSet<String>> {
        let prefix = (!self.place.prefix.is_empty()).then(|| Path::parse(&self.place.prefix)).transpose()?;
        let asked = async { self.place.store.list(prefix.as_ref()).try_collect::<Vec<_>>().await };
        let objects = answer(asked)?
            .map_err(|error| told(&error))
            .with_context(|| format!("could not list what `{}` holds", self.called))?;
        let below = |path: &str| match self.place.prefix.as_str() {
            "" => Some(path.to_owned()),
            prefix => path.strip_prefix(prefix)?.strip_prefix('/').map(str::to_owned),
        };
        let paths = objects.iter().filter_map(|object| below(object.location.as_ref()));
        Ok(paths.filter(|path| !path.starts_with(OWN_FILES)).collect())
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        self.place.read(path).with_context(|| format!("could not read `{path}` in `{}`", self.called))
    }

    fn put(&self, file: &SiteFile) -> Result<()> {
        self.ensure_ours()?;
        let object = self.place.object(&file.path)?;
        let options = PutOptions { attributes: attributes(&file.headers), ..PutOptions::default() };
        let put = answer(self.place.store.put_opts(&object, file.whole()?.into(), options))?;
        put.map_err(|error| told(&error))
            .with_context(|| format!("could not send `{}` to `{}`", file.path, self.called))?;
        Ok(())
    }

    fn write(&self, path: &str, bytes: Vec<u8>) -> Result<()> {
        self.ensure_ours()?;
        let object = self.place.object(path)?;
        let headers = [("cache-control", "no-store"), ("content-type", "text/plain; charset=utf-8")];
        let attributes = attributes(&headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let options = PutOptions { attributes, ..PutOptions::default() };
        let put = answer(self.place.store.put_opts(&object, bytes.into(), options))?;
        put.map_err(|error| told(&error)).with_context(|| format!("could not write `{path}` in `{}`", self.called))?;
        Ok(())
    }

    fn delete(&self, path: &str) -> Result<()> {
        self.ensure_ours()?;
        let object = self.place.object(path)?;
        match answer(self.place.store.delete(&object))? {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(told(&error)).with_context(|| format!("could not remove `{path}` in `{}`", self.called)),
        }
    }

    fn lock(&self) -> Result<Option<Box<dyn Any + Send + Sync>>> {
        let lease = Lease::take(&self.place, &self.tenure, self.takes_over);
        let Some(lease) = lease.with_context(|| format!("could not write to `{}`", self.called))? else {
            return Ok(None);
        };
        Ok(Some(Box::new(lease)))
    }

    fn width(&self) -> usize {
        16
    }

    fn has_folders(&self) -> bool {
        false
    }

    fn keeps_headers(&self) -> bool {
        true
    }
}
