//! stub
use crate::page::CodeBlock;
/// stub
pub struct Highlighter;
impl Highlighter {
    /// stub
    pub fn block(&self, code: &CodeBlock) -> String {
        format!("<pre><code>{}</code></pre>", super::href::escaped(&code.text))
    }
}
