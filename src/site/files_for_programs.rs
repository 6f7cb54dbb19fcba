//! Which files a site has for programs, and not for people: they have addresses that pages may link to.

use super::edition::Frame;

impl Frame {
    /// Where a file is published that each language has one of: `feed.xml`, or `ja/feed.xml`.
    pub fn own_file(&self, name: &str) -> String {
        match self.config.urls.prefix.trim_start_matches('/') {
            "" => name.to_owned(),
            prefix => format!("{prefix}/{name}"),
        }
    }

    /// Whether there is a feed: it is wanted, and pages may have dates.
    pub fn has_feed(&self) -> bool {
        self.config.writes_feed() && (self.dated || self.config.git.last_updated)
    }

    /// Files for programs that readers may be led to.
    pub(super) fn files_for_programs(&self) -> Vec<String> {
        let config = &self.config;
        let files = [
            ("feed.xml", self.has_feed()),
            ("llms.txt", config.writes_llms()),
            ("sitemap.xml", !config.site.url.is_empty()),
        ];
        files
            .into_iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(name, _)| format!("/{}", self.own_file(name)))
            .collect()
    }
}
