//! A place in a store where several machines keep what they made, each for the others.

use anyhow::Result;
use object_store::{Attribute, Attributes, PutOptions};

use super::place::{StorePatience, StorePlace, answer, told};
use crate::store::SharedStore;

/// A place where several machines keep what they made.
#[derive(Debug)]
pub struct SharedBucket {
    place: StorePlace,
}

impl SharedBucket {
    /// The place of an address: `s3://bucket/cache`.
    ///
    /// # Errors
    /// If what the environment says makes no store.
    pub fn open(address: &str) -> Result<Self> {
        Ok(Self { place: StorePlace::open(address, StorePatience::Short)? })
    }
}

impl SharedStore for SharedBucket {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        self.place.read(name).map_err(|error| format!("{error:#}"))
    }

    fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        let write = || {
            let object = self.place.object(name)?;
            let attributes = Attributes::from_iter([(Attribute::ContentType, "application/octet-stream")]);
            let options = PutOptions { attributes, ..PutOptions::default() };
            answer(self.place.store.put_opts(&object, bytes.into(), options))?.map_err(|error| told(&error))
        };
        write().map(|_| ()).map_err(|error| format!("{error:#}"))
    }
}
