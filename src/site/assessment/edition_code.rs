//! What tells one edition of a model from another: whatever makes an answer mean something else changes it. A typing error
//! mended in a description doesn't.

use super::model::{Model, ModelStep};

/// Sixteen digits for a model.
pub(super) fn of(model: &Model) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(&format!("{} {} {}", model.ratings.len(), model.rule.rating, model.rule.share));
    let names =
        |steps: &[ModelStep]| steps.iter().map(|step| format!("{} {}", step.weight, step.name)).collect::<Vec<_>>();
    for steps in [&model.levels, &model.areas] {
        add(&steps.len().to_string());
        names(steps).iter().for_each(|name| add(name));
    }
    for item in &model.items {
        add(&item.id);
        add(&format!("{:?} {:?} {}", item.level, item.area, item.weight));
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
