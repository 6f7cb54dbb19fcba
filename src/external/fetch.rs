//! One file fetched from the web, whole or not at all: within a size and a time, and only from where nobody on the way
//! can change it.

use std::time::Duration;

use super::ask;
use crate::config::may_be_fetched;

/// A larger file is no `site.json` that anybody waits for.
const LARGEST: u64 = 64 << 20;

/// More redirects than a file needs.
const REDIRECTS: usize = 5;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Fetches what lies at an address.
///
/// # Errors
/// Why it can't be had, in words.
pub fn fetch(address: &str) -> Result<Vec<u8>, String> {
    let agent = ask::agent(PATIENCE);
    let mut here = address.to_owned();
    for _ in 0..=REDIRECTS {
        if !may_be_fetched(&here) {
            return Err(format!("it leads on to `{here}`, which does not begin with `https://`"));
        }
        let accepted = agent.get(&here).header("accept", "application/json, */*;q=0.1");
        let mut response = accepted.call().map_err(|error| ask::failure(&error))?;
        let status = response.status().as_u16();
        let location = response.headers().get("location").and_then(|value| value.to_str().ok());
        match (status, location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                let led = ask::join(&here, location);
                here = led.ok_or_else(|| format!("it leads on to `{location}`, which is no address"))?;
            }
            (200, _) => return whole(response.body_mut()),
            (404 | 410, _) => return Err(format!("there is no such file ({status})")),
            _ => return Err(format!("the site answered with {status}")),
        }
    }
    Err("it leads on and on without an end".to_owned())
}

/// All bytes of a body; a connection that breaks off is no end.
fn whole(body: &mut ureq::Body) -> Result<Vec<u8>, String> {
    body.with_config().limit(LARGEST).read_to_vec().map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => format!("it is larger than {} MB", LARGEST >> 20),
        other => ask::failure(&other),
    })
}
