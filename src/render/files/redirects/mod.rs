//! Old addresses as rules for hosts, so that they answer with a status in place of a page: one file a host.

mod rules;
pub(in crate::render) mod apache;
pub(in crate::render) mod netlify;
pub(in crate::render) mod nginx;
pub(in crate::render) mod s3;
