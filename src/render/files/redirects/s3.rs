//! `redirects.s3.json`: routing rules for a site in a bucket of S3. They find what begins so, so the longer come first, and
//! only where nothing lies.

use serde_json::{Value, json};

use super::rules::{rules, status, writes};
use crate::config::RedirectFormat;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;

pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "redirects.s3.json",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| only_if(writes(renderer, RedirectFormat::S3), "redirects.s3.json"),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

fn write(renderer: &Renderer<'_>) -> String {
    // What begins as the front page does is the whole site; its file leads on by itself.
    let mut rules: Vec<_> = rules(renderer).into_iter().filter(|rule| !rule.from.ends_with('/')).collect();
    rules.sort_by(|a, b| b.from.len().cmp(&a.from.len()).then_with(|| a.from.cmp(&b.from)));
    let status = status(renderer).to_string();
    let all: Vec<Value> = rules
        .iter()
        .map(|rule| {
            let mut redirect = json!({"HttpRedirectCode": status});
            match rule.to.split_once("://").map(|(scheme, rest)| (scheme, rest.split_once('/').unwrap_or((rest, "")))) {
                Some((scheme, (host, key))) => {
                    redirect["Protocol"] = scheme.into();
                    redirect["HostName"] = host.into();
                    redirect["ReplaceKeyWith"] = key.into();
                }
                None => redirect["ReplaceKeyWith"] = rule.to.trim_start_matches('/').into(),
            }
            let prefix = rule.from.trim_start_matches('/');
            json!({
                "Condition": {"KeyPrefixEquals": prefix, "HttpErrorCodeReturnedEquals": "404"},
                "Redirect": redirect,
            })
        })
        .collect();
    format!("{:#}\n", json!({"RoutingRules": all}))
}
