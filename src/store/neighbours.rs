//! How a long list is cut into runs of neighbours that are kept together.

/// Whether a run of neighbours that are kept together ends with this path: one in about so many does. It follows
/// from the path alone, so that a thing more or less among them changes one run.
pub fn ends_run(path: &str, usual: u32) -> bool {
    let sum = path.bytes().fold(0_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (sum >> 16) % usual == 0
}
