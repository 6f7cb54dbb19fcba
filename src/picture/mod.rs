//! Recipes turned into smaller pictures, and cards drawn, each once and kept from one run to the next. The one
//! place that looks at pixels: it reads the original where it stands, and holds only a few at a time.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::open::{self, Opened};
use crate::render::picture::MAKING;
use crate::render::published::{CARD_DRAWING, Card, CardFont, Recipe};
use crate::source::{Digest, Span};
use crate::store::{Blobs, Cache, Key, kept};

mod card;
mod decode;
mod pixels;
mod profile;

/// So many pixels of originals are held at once: some 250 MB. One that has more waits until it is alone.
const PIXELS_AT_ONCE: u64 = 48 << 20;
/// The largest file that is read.
const LONGEST_FILE: u64 = 256 << 20;

/// Makes smaller pictures, and draws cards. Threads share one.
pub struct Pictures {
    kept: Blobs,
    cards: Blobs,
    /// The originals that are at work, each with a lock that those who want another size of it wait for.
    at_work: Mutex<BTreeMap<Digest, Arc<Mutex<()>>>>,
    /// The typeface that was read last.
    font: Mutex<Option<(Digest, Arc<Vec<u8>>)>>,
    free: Mutex<u64>,
    freed: Condvar,
}

/// What a recipe came to.
#[derive(Debug, PartialEq, Eq)]
pub enum SmallerPicture {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The original, whose bytes are fewer.
    Original(PathBuf),
    /// The original, because its pixels can't be read.
    Unreadable(PathBuf, Box<Diagnostic>),
}

/// How an entry of the cache begins; a picture's bytes follow.
const PICTURE: u8 = b'p';
const ORIGINAL: u8 = b'o';
const UNREADABLE: u8 = b'u';

impl Pictures {
    /// Keeps what it makes in the cache.
    pub fn new(cache: &Cache) -> Self {
        let version = format!("{} {MAKING}", env!("CARGO_PKG_VERSION"));
        let kept = cache.shared_blobs(&kept::PICTURES, &version);
        let cards = cache.shared_blobs(&kept::CARDS, &format!("{} {CARD_DRAWING}", env!("CARGO_PKG_VERSION")));
        Self {
            kept,
            cards,
            at_work: Mutex::default(),
            font: Mutex::default(),
            free: Mutex::new(PIXELS_AT_ONCE),
            freed: Condvar::new(),
        }
    }

    /// Takes what isn't kept yet from where other machines put what they made, if there is such a place.
    pub fn fetch<'c>(&self, recipes: &[Recipe], cards: impl Iterator<Item = &'c Card>) {
        self.kept.fetch(recipes.iter().map(|recipe| key(recipe, recipe.width)));
        self.cards.fetch(cards.map(card_key));
    }

    /// Makes what isn't kept yet, on all cores, one original at a time on each.
    /// What fails here fails again when it is asked for, and is told then.
    pub fn prepare(&self, recipes: Vec<Recipe>) {
        let missing = recipes.into_iter().filter(|recipe| self.lacks(recipe)).map(|recipe| (recipe.digest, recipe));
        let mut missing: Vec<Recipe> = missing.collect::<BTreeMap<_, _>>().into_values().collect();
        // The largest first, so that no core is left alone with one at the end.
        missing.sort_by_key(|recipe| std::cmp::Reverse(recipe.pixels));
        missing.into_par_iter().with_max_len(1).for_each(|recipe| {
            let _ = self.make(&recipe);
        });
    }

    fn lacks(&self, recipe: &Recipe) -> bool {
        !self.kept.has(&key(recipe, recipe.width))
    }

    /// What a recipe comes to: what is kept, or else it and its siblings are made now.
    ///
    /// # Errors
    /// If the original can't be read, or is no more what it was.
    pub fn make(&self, recipe: &Recipe) -> Result<SmallerPicture> {
        if let Some(made) = self.kept(recipe) {
            return Ok(made);
        }
        let lock = Arc::clone(self.at_work().entry(recipe.digest).or_default());
        let made = {
            let _only_me = lock.lock().unwrap_or_else(PoisonError::into_inner);
            match self.kept(recipe) {
                Some(made) => Ok(made),
                None => self.make_all(recipe),
            }
        };
        self.at_work().remove(&recipe.digest);
        made
    }

    /// A card as a PNG: the one that is kept, or else it is drawn now.
    ///
    /// # Errors
    /// If the typeface that it is written in can't be read, or is no more what it was.
    pub fn card(&self, card: &Card) -> Result<Vec<u8>> {
        let key = card_key(card);
        if let Some(kept) = self.cards.get(&key) {
            return Ok(kept);
        }
        let font = card.font.as_ref().map(|font| self.font(font)).transpose()?;
        let drawn = card::draw(card, font.as_ref().map(|font| font.as_slice())).unwrap_or_default();
        self.cards.put(&key, &drawn);
        Ok(drawn)
    }

    /// The bytes of a typeface: the last one is kept, since most sites have but one.
    fn font(&self, font: &CardFont) -> Result<Arc<Vec<u8>>> {
        let mut last = self.font.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = last.as_ref().filter(|(digest, _)| *digest == font.digest) {
            return Ok(Arc::clone(bytes));
        }
        let bytes = Arc::new(read(&font.file, font.digest)?);
        *last = Some((font.digest, Arc::clone(&bytes)));
        Ok(bytes)
    }

    /// Gives other machines what was made, and forgets the oldest where too many are kept.
    pub fn tidy(&self) {
        self.kept.share();
        self.cards.share();
        self.kept.tidy();
        self.cards.tidy();
    }

    fn kept(&self, recipe: &Recipe) -> Option<SmallerPicture> {
        let mut entry = self.kept.get(&key(recipe, recipe.width))?;
        Some(match *entry.first()? {
            PICTURE => {
                entry.remove(0);
                SmallerPicture::Bytes(entry)
            }
            ORIGINAL => SmallerPicture::Original(recipe.file.clone()),
            _ => unreadable(recipe),
        })
    }

    /// Makes all sizes of an original, keeps them, and gives the one that is asked for.
    fn make_all(&self, recipe: &Recipe) -> Result<SmallerPicture> {
        let _held = self.hold(recipe.pixels);
        let original = read(&recipe.file, recipe.digest)?;
        let Some(pictures) = pixels::smaller(&original, &recipe.widths, recipe.quality) else {
            for &width in &recipe.widths {
                self.kept.put(&key(recipe, width), &[UNREADABLE]);
            }
            return Ok(unreadable(recipe));
        };
        let mut wanted = SmallerPicture::Original(recipe.file.clone());
        for &width in &recipe.widths {
            let picture = pictures.get(&width).filter(|picture| picture.len() < original.len());
            let entry = picture.map_or_else(|| vec![ORIGINAL], |picture| [&[PICTURE], &picture[..]].concat());
            self.kept.put(&key(recipe, width), &entry);
            if let Some(picture) = picture.filter(|_| width == recipe.width) {
                wanted = SmallerPicture::Bytes(picture.clone());
            }
        }
        Ok(wanted)
    }

    fn at_work(&self) -> std::sync::MutexGuard<'_, BTreeMap<Digest, Arc<Mutex<()>>>> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room for so many pixels.
    fn hold(&self, pixels: u64) -> PixelRoom<'_> {
        let pixels = pixels.min(PIXELS_AT_ONCE);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = self.freed.wait_while(free, |free| *free < pixels);
        *enough.unwrap_or_else(PoisonError::into_inner) -= pixels;
        PixelRoom { pictures: self, pixels }
    }
}

/// Room for pixels, until it is dropped.
struct PixelRoom<'a> {
    pictures: &'a Pictures,
    pixels: u64,
}

impl Drop for PixelRoom<'_> {
    fn drop(&mut self) {
        *self.pictures.free.lock().unwrap_or_else(PoisonError::into_inner) += self.pixels;
        self.pictures.freed.notify_all();
    }
}

fn key(recipe: &Recipe, width: u32) -> Key {
    Key::of(&[&recipe.digest, &width.to_le_bytes(), &[recipe.quality]])
}

fn card_key(card: &Card) -> Key {
    Key::of(&[card.hash().as_bytes()])
}

/// A file's bytes, if they are still those that were spoken of.
fn read(path: &Path, digest: Digest) -> Result<Vec<u8>> {
    let named = || format!("could not read `{}`", path.display());
    let moved = || format!("`{}` was changed or moved while the site was being made; build again", path.display());
    let Opened::File(file, metadata) = open::ordinary(path).with_context(named)? else { bail!(moved()) };
    if metadata.len() > LONGEST_FILE {
        bail!("`{}` is too large to be made smaller", path.display());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(LONGEST_FILE).read_to_end(&mut bytes).with_context(named)?;
    if blake3::hash(&bytes).as_bytes()[..16] != digest {
        bail!(moved());
    }
    Ok(bytes)
}

fn unreadable(recipe: &Recipe) -> SmallerPicture {
    let message = format!("the picture `{}` is damaged: no smaller sizes could be made of it", recipe.path);
    let finding = Diagnostic::new(Code::DamagedPicture, &recipe.path, Span::default(), message)
        .with_help("It is published as it is. Open it in a picture editor and save it anew.");
    SmallerPicture::Unreadable(recipe.file.clone(), Box::new(finding))
}
