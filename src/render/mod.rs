//! The frozen site and a route turned into bytes.

pub mod highlight;
pub mod view;
