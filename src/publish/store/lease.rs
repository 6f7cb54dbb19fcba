//! One publish at a time, where nothing can be locked: an object says who is at it, and is written anew every few seconds
//! for as long as he is. One that stays as it is for a minute is of somebody who was cut off. No two clocks are compared.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use object_store::path::Path;
use object_store::{Error, ObjectStoreExt as _, PutMode, PutOptions, PutResult, UpdateVersion};

use crate::bucket::place::{StorePlace, answer, told};

/// The object.
const LOCK: &str = ".bokworm-lock";

/// What stays as it is for so long is nobody's any more.
const LEFT_AFTER: Duration = Duration::from_secs(60);

/// How often it is written anew.
const RENEWED: Duration = Duration::from_secs(10);

/// How often somebody who waits looks.
const LOOKS: Duration = Duration::from_millis(500);

/// Whether the place is still ours.
#[derive(Debug, Default)]
pub(super) struct Tenure {
    lost: AtomicBool,
}

impl Tenure {
    pub(super) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

/// LeaseHolder by whoever publishes.
pub(super) struct Lease {
    place: Arc<StorePlace>,
    object: Path,
    tenure: Arc<Tenure>,
    stop: Option<mpsc::Sender<()>>,
    renewing: Option<JoinHandle<()>>,
}

impl Lease {
    /// `None` if somebody else is publishing.
    pub(super) fn take(place: &Arc<StorePlace>, tenure: &Arc<Tenure>, takes_over: bool) -> Result<Option<Self>> {
        let object = place.object(LOCK)?;
        let me = format!("{} {}", std::process::id(), nonce());
        let (mut since, mut seen) = (Instant::now(), None);
        let taken = loop {
            match put(place, &object, &me, PutMode::Create)? {
                Some(taken) => break taken,
                None if takes_over || (seen.is_some() && since.elapsed() >= LEFT_AFTER) => {
                    let Some(left) = seen.clone().or(look(place, &object)?) else { continue };
                    match put(place, &object, &me, PutMode::Update(left))? {
                        Some(taken) => break taken,
                        None => return Ok(None),
                    }
                }
                None => {}
            }
            let now = look(place, &object)?;
            if seen.is_some() && now.is_some() && now != seen {
                return Ok(None);
            }
            if seen.is_none() {
                since = Instant::now();
            }
            seen = now;
            std::thread::sleep(LOOKS);
        };
        // A store that knows no conditions has let everybody write: the last one has it.
        if answer(read(place, &object))??.as_deref() != Some(me.as_bytes()) {
            return Ok(None);
        }
        Ok(Some(Self::kept(Arc::clone(place), object, Arc::clone(tenure), LeaseHolder { me, version: taken })))
    }

    fn kept(place: Arc<StorePlace>, object: Path, tenure: Arc<Tenure>, held: LeaseHolder) -> Self {
        let (stop, stopped) = mpsc::channel();
        let (of_place, of_object, of_tenure) = (Arc::clone(&place), object.clone(), Arc::clone(&tenure));
        let renewing = std::thread::spawn(move || {
            let (mut version, mut turn) = (held.version, 0_u64);
            while matches!(stopped.recv_timeout(RENEWED), Err(mpsc::RecvTimeoutError::Timeout)) {
                turn += 1;
                let text = format!("{} {turn}", held.me);
                match put(&of_place, &of_object, &text, PutMode::Update(version.clone())) {
                    Ok(Some(renewed)) => version = renewed,
                    Ok(None) => return of_tenure.lost.store(true, Ordering::Relaxed),
                    // Perhaps the next time: there are some before anybody takes it for left.
                    Err(_) => {}
                }
            }
        });
        Self { place, object, tenure, stop: Some(stop), renewing: Some(renewing) }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        drop(self.stop.take());
        _ = self.renewing.take().map(JoinHandle::join);
        if !self.tenure.is_lost() {
            _ = answer(self.place.store.delete(&self.object));
        }
    }
}

/// Who holds the object, and what it is to be written over with.
struct LeaseHolder {
    me: String,
    version: UpdateVersion,
}

/// Writes the object on a condition; `None` if that isn't met.
fn put(place: &StorePlace, object: &Path, text: &str, mode: PutMode) -> Result<Option<UpdateVersion>> {
    let is_new = matches!(mode, PutMode::Create);
    let options = PutOptions { mode, ..PutOptions::default() };
    match answer(place.store.put_opts(object, text.to_owned().into(), options))? {
        Ok(PutResult { e_tag, version, .. }) => Ok(Some(UpdateVersion { e_tag, version })),
        Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(None),
        Err(Error::NotFound { .. }) if !is_new => Ok(None),
        Err(error) => Err(told(&error)).context("the lock can't be written"),
    }
}

/// By what the object can be known again; nothing if it isn't there.
fn look(place: &StorePlace, object: &Path) -> Result<Option<UpdateVersion>> {
    match answer(place.store.head(object))? {
        Ok(found) => Ok(Some(UpdateVersion { e_tag: found.e_tag, version: found.version })),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(told(&error)).context("the lock can't be read"),
    }
}

async fn read(place: &StorePlace, object: &Path) -> Result<Option<Vec<u8>>> {
    match place.store.get(object).await {
        Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(told(&error)),
    }
}

/// What no other publish has: the moment, and where something lies in memory.
fn nonce() -> String {
    let here = Box::new(0_u8);
    let since = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH);
    format!("{:x}{:p}", since.map_or(0, |since| since.as_nanos()), &raw const *here)
}
