//! Every mistake in `book.toml` with the words that its author reads, and what is
//! brought into shape without a word. A new case: write its input, then run the
//! tests with `SNAPSHOTS=overwrite` and read what it says.

use bokworm::config::{self, Config, RawHtml, UrlStyle};
use bokworm::diagnostic::{Diagnostic, Fix};
use bokworm::report::plain;
use bokworm::source::{Root, SourcePath, Span};
use proptest::prelude::*;
use snapbox::{assert_data_eq, str};

fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
    config::parse(&SourcePath::new(Root::Project, "book.toml"), text)
}

/// What is wrong with a configuration, with the fix where there is one.
fn told(text: &str) -> String {
    let (_, findings) = parse(text);
    let mut all = String::new();
    for finding in &findings {
        all += &plain::line(finding, "book.toml", text);
        if let Some(fix) = &finding.fix {
            all += &format!("\n  fix: {}", fix.title);
        }
        all.push('\n');
    }
    all
}

#[test]
fn a_file_with_nothing_in_it_is_a_configuration() {
    let (config, findings) = parse("");
    assert_eq!((config, findings), (Config::default(), vec![]));
}

#[test]
fn what_is_plainly_meant_is_brought_into_shape() {
    let (config, findings) = parse(
        r##"
[site]
url = "HTTPS://Example.org/"
base_path = "handbook"
favicon = "img/a.svg"
logo = { light = "./img/b.svg" }

[folders]
source = "./site//pages/"
static = "../files"

[urls]
docs_route = "docs/"

[theme]
edit_link = "https://example.org/edit/main"
accent = " #1f5fbf "
font = '"Source Sans 3", sans-serif'
"##,
    );
    assert_eq!(findings, []);
    assert_eq!(config.site.url, "https://example.org");
    assert_eq!(config.site.base_path, "/handbook/");
    assert_eq!(config.site.favicon.as_deref(), Some("/img/a.svg"));
    assert_eq!(config.site.logo.map(|logo| logo.light).as_deref(), Some("/img/b.svg"));
    assert_eq!(config.folders.source, "site/pages");
    assert_eq!(config.folders.static_files, "../files");
    assert_eq!(config.urls.docs_route, "/docs");
    assert_eq!(config.theme.edit_link.as_deref(), Some("https://example.org/edit/main/"));
    assert_eq!(config.theme.accent.as_deref(), Some("#1f5fbf"));
}

#[test]
fn a_path_in_the_address_is_the_base_path() {
    let (config, findings) = parse("[site]\nurl = \"https://example.org/handbook\"\n");
    assert_eq!(findings, []);
    assert_eq!((&*config.site.url, &*config.site.base_path), ("https://example.org", "/handbook/"));
    let (config, findings) = parse("[site]\nurl = \"https://example.org/a\"\nbase_path = \"a\"\n");
    assert_eq!(findings, []);
    assert_eq!((&*config.site.url, &*config.site.base_path), ("https://example.org", "/a/"));
}

#[test]
fn what_is_wrong_keeps_its_default_and_hides_nothing_else() {
    let (config, findings) = parse(
        r#"
[site]
titel = "x"
tagline = "kept"
language = 7

[urls]
style = "folder"

[markdown]
html = "safe"

[[navbar.items]]
label = "lost"

[[navbar.items]]
label = "kept"
to = "/"

[site.logo]
dark = "/img/a.svg"
"#,
    );
    assert_eq!(findings.len(), 4);
    assert_eq!(config.site.tagline, "kept");
    assert_eq!(config.site.language, "en");
    assert_eq!(config.site.logo, None);
    assert_eq!(config.urls.style, UrlStyle::Folder);
    assert_eq!(config.markdown.html, RawHtml::Safe);
    assert_eq!(config.navbar.items.len(), 1);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistake() {
    let (config, findings) = parse("\u{feff}[site]\r\ntitle = \"x\"\r\n");
    assert_eq!(findings, []);
    assert_eq!(config.site.title, "x");
}

proptest! {
    /// Whatever stands in the file: no panic, and each place lies in it on character boundaries.
    #[test]
    fn no_text_takes_it_down(
        text in r#"(?s)([a-z.]{1,4} = |\[|\]|"|'''|\n|[#,{}=]|site|navbar\.items|theme|url|é|.){0,40}"#
    ) {
        for finding in parse(&text).1 {
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
        }
    }
}

#[test]
fn nesting_as_deep_as_the_file_is_long_is_told_not_followed() {
    assert!(!parse(&format!("a = {}", "[".repeat(100_000))).1.is_empty());
    assert!(!parse(&format!("{} = 1", vec!["a"; 100_000].join("."))).1.is_empty());
}

#[test]
fn a_folder_with_backslashes_is_put_right() {
    let text = r#"folders.source = "site\\pages""#;
    let (_, findings) = parse(text);
    assert_eq!(findings[0].message, r"`folders.source` holds `\`: `site\pages`");
    assert_eq!(findings[0].fix, Some(Fix::replace(Span::new(17, text.len()), r#""site/pages""#)));
}

#[test]
fn an_invisible_character_is_named_and_not_printed() {
    let (_, findings) = parse(r#"site.language = "en\u001b[2J""#);
    assert_eq!(findings[0].message, r"`site.language` holds an invisible character (\u{1b}): `en�[2J`");
}

#[test]
fn a_misspelt_key_is_named_with_the_one_that_was_meant() {
    assert_data_eq!(
        told(
            r#"[site]
titel = "Handbook"
"#
        ),
        str![[r#"
book.toml:2:1: error: `titel` is not a key of [site]; did you mean `title`?
  fix: write `title`

"#]]
    );
}

#[test]
fn keys_that_differ_only_in_how_they_are_joined_are_recognised() {
    assert_data_eq!(
        told(
            r#"[site]
basePath = "/a/"
social-image = "/a.png"
"#
        ),
        str![[r#"
book.toml:2:1: error: `basePath` is not a key of [site]; did you mean `base_path`?
  fix: write `base_path`
book.toml:3:1: error: `social-image` is not a key of [site]; did you mean `social_image`?
  fix: write `social_image`

"#]]
    );
}

#[test]
fn a_key_that_resembles_none_gets_the_list_of_those_that_exist() {
    assert_data_eq!(
        told(
            r#"[urls]
host = "x"
"#
        ),
        str![[r#"
book.toml:2:1: error: `host` is not a key of [urls]
  help: [urls] knows `docs_route`, `style` and `trailing_slash`.

"#]]
    );
}

#[test]
fn a_key_in_the_wrong_table_is_sent_home() {
    assert_data_eq!(
        told(
            r#"title = "Handbook"

[theme]
url = "https://example.org"
"#
        ),
        str![[r#"
book.toml:1:1: error: `title` is not a key of book.toml
  help: Write it below [site] or [assessment].
book.toml:4:1: error: `url` is not a key of [theme]
  help: Write it below [site].

"#]]
    );
}

#[test]
fn a_misspelt_table_is_named() {
    assert_data_eq!(
        told(
            r#"[sites]
title = "x"

[[navbars.items]]
label = "x"
"#
        ),
        str![[r#"
book.toml:1:2: error: book.toml has no table [sites]; did you mean [site]?
  fix: write `site`
book.toml:4:3: error: book.toml has no table [navbars]; did you mean [navbar]?
  fix: write `navbar`

"#]]
    );
}

#[test]
fn a_quoted_key_is_replaced_with_its_quotes() {
    assert_data_eq!(
        told(
            r#"[site]
"titel" = "Handbook"
"#
        ),
        str![[r#"
book.toml:2:1: error: `titel` is not a key of [site]; did you mean `title`?
  fix: write `title`

"#]]
    );
}

#[test]
fn a_key_in_an_inline_table_is_checked_too() {
    assert_data_eq!(
        told(
            r#"[site]
logo = { light = "/a.svg", drak = "/b.svg" }
"#
        ),
        str![[r#"
book.toml:2:28: error: `drak` is not a key of [site.logo]; did you mean `dark`?
  fix: write `dark`

"#]]
    );
}

#[test]
fn a_dotted_key_is_marked_in_its_own_part() {
    assert_data_eq!(
        told(
            r#"site.titel = "x"
"#
        ),
        str![[r#"
book.toml:1:6: error: `titel` is not a key of [site]; did you mean `title`?
  fix: write `title`

"#]]
    );
}

#[test]
fn an_entry_without_what_it_needs_is_told() {
    assert_data_eq!(
        told(
            r#"[[navbar.items]]
label = "Start"

[[footer.columns]]
links = [{ label = "x" }]

[site.logo]
alt = "x"
"#
        ),
        str![[r#"
book.toml:1:1: error: [[navbar.items]] lacks `to`
  help: Add `to = "…"` to it.
book.toml:4:1: error: [[footer.columns]] lacks `title`
  help: Add `title = "…"` to it.
book.toml:5:10: error: [[footer.columns.links]] lacks `to`
  help: Add `to = "…"` to it.
book.toml:7:1: error: [site.logo] lacks `light`
  help: Add `light = "…"` to it.

"#]]
    );
}

#[test]
fn a_value_of_another_kind_is_named_with_its_key() {
    assert_data_eq!(
        told(
            r#"[site]
title = 2024
authors = "Ada"
tagline = ["a"]
language = true
logo = "/img/a.svg"

[git]
last_updated = "yes"
authors = 1

[theme]
toc_max_level = "3"
"#
        ),
        str![[r#"
book.toml:2:9: error: `site.title` wants a text in quotes, not a number
  fix: put it in quotes
book.toml:3:11: error: `site.authors` wants a list in brackets, not a text
  fix: put it in brackets
book.toml:4:11: error: `site.tagline` wants a text in quotes, not a list
book.toml:5:12: error: `site.language` wants a text in quotes, not `true` or `false`
  fix: put it in quotes
book.toml:6:8: error: `site.logo` wants a table of its own, headed `[site.logo]`, not a text
book.toml:9:16: error: `git.last_updated` wants `true` or `false` without quotes, not a text
  fix: write `true`
book.toml:10:11: error: `git.authors` wants `true` or `false` without quotes, not a number
book.toml:13:17: error: `theme.toc_max_level` wants a whole number without quotes, not a text

"#]]
    );
}

#[test]
fn a_list_is_checked_entry_by_entry() {
    assert_data_eq!(
        told(
            r#"[site]
authors = ["Ada", 7, 2026-11-05]
"#
        ),
        str![[r#"
book.toml:2:19: error: `site.authors` wants a text in quotes, not a number
  fix: put it in quotes
book.toml:2:22: error: `site.authors` wants a text in quotes, not a date
  fix: put it in quotes

"#]]
    );
}

#[test]
fn a_table_where_a_value_is_wanted_and_the_other_way_round() {
    assert_data_eq!(
        told(
            r#"urls = "file"

[site.title]
en = "x"
"#
        ),
        str![[r#"
book.toml:1:8: error: `urls` wants a table of its own, headed `[urls]`, not a text
book.toml:3:1: error: `site.title` wants a text in quotes, not a table

"#]]
    );
}

#[test]
fn a_list_of_tables_where_one_table_is_wanted() {
    assert_data_eq!(
        told(
            r#"[[site]]
title = "x"
"#
        ),
        str![[r#"
book.toml:1:1: error: `site` wants a table of its own, headed `[site]`, not a list

"#]]
    );
}

#[test]
fn a_number_out_of_range_is_told_with_the_range() {
    assert_data_eq!(
        told(
            r#"[theme]
toc_max_level = 9
"#
        ),
        str![[r#"
book.toml:2:17: error: `theme.toc_max_level` is a whole number from 2 to 6, not 9

"#]]
    );
}

#[test]
fn a_number_too_large_for_any_machine_is_a_number_out_of_range() {
    assert_data_eq!(
        told(
            r#"[theme]
toc_max_level = 99999999999999999999
"#
        ),
        str![[r#"
book.toml:2:17: error: `theme.toc_max_level` is a whole number from 2 to 6, not 99999999999999999999

"#]]
    );
}

#[test]
fn a_choice_is_told_with_its_words() {
    assert_data_eq!(
        told(
            r#"[urls]
style = "folders"

[markdown]
html = "none"

[[navbar.items]]
label = "x"
to = "/x"
position = "centre"
"#
        ),
        str![[r#"
book.toml:2:9: error: `urls.style` can't be `folders`; did you mean `folder`?
  help: It is `folder` or `file`.
  fix: write `"folder"`
book.toml:5:8: error: `markdown.html` can't be `none`
  help: It is `trusted` or `safe`.
book.toml:10:12: error: `navbar.items.position` can't be `centre`
  help: It is `left` or `right`.

"#]]
    );
}

#[test]
fn an_unknown_kind_of_finding_is_told_with_the_nearest() {
    assert_data_eq!(
        told(
            r#"[findings]
broken-lnk = "error"
broken_anchor = "off"
nonsense = "off"
"#
        ),
        str![[r#"
book.toml:2:1: error: `broken-lnk` is not a key of [findings]; did you mean `broken-link`?
  fix: write `broken-link`
book.toml:3:1: error: `broken_anchor` is not a key of [findings]; did you mean `broken-anchor`?
  fix: write `broken-anchor`
book.toml:4:1: error: `nonsense` is not a key of [findings]
  help: `bokworm schema` lists what [findings] knows.

"#]]
    );
}

#[test]
fn a_severity_that_does_not_exist_is_told() {
    assert_data_eq!(
        told(
            r#"[findings]
broken-link = "fatal"
empty-list = "warn"
"#
        ),
        str![[r#"
book.toml:2:15: error: `findings.broken-link` can't be `fatal`
  help: It is `off`, `info`, `warning` or `error`.
book.toml:3:14: error: `findings.empty-list` can't be `warn`
  help: It is `off`, `info`, `warning` or `error`.

"#]]
    );
}

#[test]
fn an_address_without_scheme_or_with_a_query_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
url = "example.org"

[theme]
edit_link = "github.com/x"
"#
        ),
        str![[r#"
book.toml:2:7: error: `site.url` does not begin with `https://` or `http://`: `example.org`
  help: Write it as in `https://example.org` or `https://example.org/handbook/`.
  fix: write `"https://example.org"`
book.toml:5:13: error: `theme.edit_link` is not an address that begins with `https://`: `github.com/x`
  help: A page's path is put after it: `https://github.com/org/repo/edit/main/content/`.

"#]]
    );
}

#[test]
fn an_address_with_a_query_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
url = "https://example.org?x=1"
"#
        ),
        str![[r#"
book.toml:2:7: error: `site.url` holds a `?`, which a site's address has not: `https://example.org?x=1`
  help: Write it as in `https://example.org` or `https://example.org/handbook/`.
  fix: write `"https://example.org"`

"#]]
    );
}

#[test]
fn an_address_of_another_scheme_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
url = "ftp://example.org"
"#
        ),
        str![[r#"
book.toml:2:7: error: `site.url` does not begin with `https://` or `http://`: `ftp://example.org`
  help: Write it as in `https://example.org` or `https://example.org/handbook/`.

"#]]
    );
}

#[test]
fn an_address_without_a_host_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
url = "https:///x"
"#
        ),
        str![[r#"
book.toml:2:7: error: `site.url` has no name of a host after the `//`: `https:///x`
  help: Write it as in `https://example.org` or `https://example.org/handbook/`.

"#]]
    );
}

#[test]
fn two_base_paths_are_refused() {
    assert_data_eq!(
        told(
            r#"[site]
url = "https://example.org/a"
base_path = "/b/"
"#
        ),
        str![[r#"
book.toml:2:7: error: `site.url` holds the path `/a/`, but `site.base_path` says another
  help: Leave the path out of the one, or leave the other out.

"#]]
    );
}

#[test]
fn a_base_path_that_leaves_the_site_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
base_path = "/../x"
"#
        ),
        str![[r#"
book.toml:2:13: error: `site.base_path` holds `..`, and would lead out of the site: `/../x`
  help: Write it as in `/handbook/`.

"#]]
    );
}

#[test]
fn a_route_with_a_question_mark_is_refused() {
    assert_data_eq!(
        told(
            r#"[urls]
docs_route = "/docs?x"
"#
        ),
        str![[r#"
book.toml:2:14: error: `urls.docs_route` holds `?`, which a path on the site has not: `/docs?x`
  help: Write it as in `/handbook/`.

"#]]
    );
}

#[test]
fn a_colour_that_breaks_out_is_refused() {
    assert_data_eq!(
        told(
            r#"[theme]
accent = "red; } body { display: none"
accent_dark = "</style>"
font = "url(https://example.org/a.woff2)"
code_font = "'Mono"
radius = "calc(1px"
"#
        ),
        str![[r#"
book.toml:2:10: error: `theme.accent` holds `;`, which could end the rule of the style sheet that it stands in: `red; } body { display: none`
  help: Write a single value; rules belong in a style sheet of your own, named in `theme.stylesheets`.
book.toml:3:15: error: `theme.accent_dark` holds `<`, which could end the rule of the style sheet that it stands in: `</style>`
  help: Write a single value; rules belong in a style sheet of your own, named in `theme.stylesheets`.
book.toml:4:8: error: `theme.font` loads a file with `url(…)`: `url(https://example.org/a.woff2)`
  help: Load files from a style sheet of your own, named in `theme.stylesheets`.
book.toml:5:13: error: `theme.code_font` has a `'` without its partner: `'Mono`
  help: Close what is opened.
book.toml:6:10: error: `theme.radius` has a `(` without its partner: `calc(1px`
  help: Close what is opened.

"#]]
    );
}

#[test]
fn an_empty_css_value_is_refused() {
    assert_data_eq!(
        told(
            r#"[theme]
accent = " "
"#
        ),
        str![[r#"
book.toml:2:10: error: `theme.accent` is empty: ` `
  help: Leave the key out to keep the theme's own value.

"#]]
    );
}

#[test]
fn an_absolute_folder_is_refused() {
    assert_data_eq!(
        told(
            r#"[folders]
source = "/home/me/pages"
static = "C:/files"
templates = "~/t"
"#
        ),
        str![[r#"
book.toml:2:10: error: `folders.source` is a place on one machine: `/home/me/pages`
  help: Write it relative to the folder of `book.toml`, as in `content` or `../docs`.
book.toml:3:10: error: `folders.static` is a place on one machine: `C:/files`
  help: Write it relative to the folder of `book.toml`, as in `content` or `../docs`.
book.toml:4:13: error: `folders.templates` is a place on one machine: `~/t`
  help: Write it relative to the folder of `book.toml`, as in `content` or `../docs`.

"#]]
    );
}

#[test]
fn an_output_folder_outside_the_project_is_refused() {
    assert_data_eq!(
        told(
            r#"[folders]
output = "../public"
"#
        ),
        str![[r#"
book.toml:2:10: error: `folders.output` is not a folder inside the project: `../public`
  help: The site replaces what lies there. Name a folder of its own, as in `public`; `--out` writes elsewhere.

"#]]
    );
}

#[test]
fn the_project_itself_is_no_output_folder() {
    assert_data_eq!(
        told(
            r#"[folders]
output = "a/.."
"#
        ),
        str![[r#"
book.toml:2:10: error: `folders.output` is not a folder inside the project: `a/..`
  help: The site replaces what lies there. Name a folder of its own, as in `public`; `--out` writes elsewhere.

"#]]
    );
}

#[test]
fn an_output_folder_among_the_pages_is_refused() {
    assert_data_eq!(
        told(
            r#"[folders]
output = "content/site"
"#
        ),
        str![[r#"
book.toml:2:10: error: `folders.output` (`content/site`) and `folders.source` (`content`) lie in each other
  help: The published site replaces what lies in its folder: give it one of its own, as in `public`.

"#]]
    );
}

#[test]
fn the_whole_project_may_be_the_source_around_the_output() {
    assert_eq!(parse("[folders]\nsource = \".\"\n").1, []);
    assert_eq!(parse("[folders]\nsource = \".\"\noutput = \".\"\n").1.len(), 1);
}

#[test]
fn a_source_that_holds_the_output_is_refused() {
    assert_data_eq!(
        told(
            r#"[folders]
source = ".."
"#
        ),
        str![[r#"
book.toml:2:10: error: `folders.output` (`public`) and `folders.source` (`..`) lie in each other
  help: The published site replaces what lies in its folder: give it one of its own, as in `public`.

"#]]
    );
}

#[test]
fn redirects_lead_from_paths_to_addresses() {
    assert_data_eq!(
        told(
            r#"[redirects]
"old" = "/new"
"https://example.org/a" = "/b"
"/a?x=1" = "/b"
"/../etc" = "/b"
"/c" = "www.example.org/d"
"/e" = "javascript:alert(1)"
"/f" = ""
"#
        ),
        str![[r#"
book.toml:2:1: error: a key of [redirects] does not begin with `/`: `old`
  help: An old address begins with `/` and stands without host and base path, as in `/docs/old-name`.
  fix: write `"/old"`
book.toml:3:1: error: a key of [redirects] is a whole address, but redirects lead away from paths on this site: `https://example.org/a`
  help: An old address begins with `/` and stands without host and base path, as in `/docs/old-name`.
book.toml:4:1: error: a key of [redirects] holds `?`, which a published file can't answer to: `/a?x=1`
  help: An old address begins with `/` and stands without host and base path, as in `/docs/old-name`.
book.toml:5:1: error: a key of [redirects] holds `..` or `.` as a part, and would lead elsewhere: `/../etc`
  help: An old address begins with `/` and stands without host and base path, as in `/docs/old-name`.
book.toml:6:8: error: `redirects./c` begins neither with `/` nor with `https://`: `www.example.org/d`
  help: An address on the site begins with `/`, as in `/docs/start`; one elsewhere with `https://` or `mailto:`.
  fix: write `"https://www.example.org/d"`
book.toml:7:8: error: `redirects./e` runs code instead of leading somewhere: `javascript:alert(1)`
  help: An address on the site begins with `/`, as in `/docs/start`; one elsewhere with `https://` or `mailto:`.
book.toml:8:8: error: `redirects./f` begins neither with `/` nor with `https://`: ``
  help: An address on the site begins with `/`, as in `/docs/start`; one elsewhere with `https://` or `mailto:`.

"#]]
    );
}

#[test]
fn a_link_without_scheme_or_slash_is_refused() {
    assert_data_eq!(
        told(
            r#"[[navbar.items]]
label = "x"
to = "docs/start"

[[navbar.items]]
label = "y"
to = " JavaScript:alert(1)"
"#
        ),
        str![[r#"
book.toml:3:6: error: `navbar.items.to` begins neither with `/` nor with `https://`: `docs/start`
  help: An address on the site begins with `/`, as in `/docs/start`; one elsewhere with `https://` or `mailto:`.
  fix: write `"/docs/start"`
book.toml:7:6: error: `navbar.items.to` runs code instead of leading somewhere: ` JavaScript:alert(1)`
  help: An address on the site begins with `/`, as in `/docs/start`; one elsewhere with `https://` or `mailto:`.

"#]]
    );
}

#[test]
fn a_language_that_no_browser_knows_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
language = "pt_BR"
"#
        ),
        str![[r#"
book.toml:2:12: error: `site.language` is not a code of a language: `pt_BR`
  help: Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.
  fix: write `"pt-BR"`

"#]]
    );
}

#[test]
fn a_language_in_words_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
language = "English, mostly"
"#
        ),
        str![[r#"
book.toml:2:12: error: `site.language` is not a code of a language: `English, mostly`
  help: Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.

"#]]
    );
}

#[test]
fn a_date_format_that_is_none_is_refused() {
    assert_data_eq!(
        told(
            r#"[dates]
format = "%Q"
"#
        ),
        str![[r#"
book.toml:2:10: error: `dates.format` is not a format that a day can be written in: `%Q`
  help: `%-d %B %Y` gives 5 November 2026, `%Y-%m-%d` gives 2026-11-05.

"#]]
    );
}

#[test]
fn an_asset_outside_static_is_refused() {
    assert_data_eq!(
        told(
            r#"[site]
favicon = "../secret.svg"
social_image = "javascript:x"
"#
        ),
        str![[r#"
book.toml:2:11: error: `site.favicon` is not a path on the site: `../secret.svg`
  help: A file `static/img/logo.svg` is written `/img/logo.svg`.
book.toml:3:16: error: `site.social_image` is not a path on the site: `javascript:x`
  help: A file `static/img/logo.svg` is written `/img/logo.svg`.

"#]]
    );
}

#[test]
fn broken_toml_is_told_with_its_place() {
    assert_data_eq!(
        told(
            r#"[site]
title = "Handbook
tagline = "x"
"#
        ),
        str![[r#"
book.toml:2:18: error: a text is opened here but not closed on its line
  help: Put a `"` at its end.

"#]]
    );
}

#[test]
fn a_key_without_a_value_is_told() {
    assert_data_eq!(
        told(
            r#"[site]
title
language =
"#
        ),
        str![[r#"
book.toml:2:6: error: a key has no value
  help: Write it as in `title = "Handbook"`.

"#]]
    );
}

#[test]
fn a_key_given_twice_is_told() {
    assert_data_eq!(
        told(
            r#"[site]
title = "a"
title = "b"

[site]
url = "x"
"#
        ),
        str![[r#"
book.toml:3:1: error: `title` stands twice
  help: Keep one, and write what belongs to a table below it once.
book.toml:5:2: error: `site` stands twice
  help: Keep one, and write what belongs to a table below it once.
book.toml:6:7: error: `site.url` does not begin with `https://` or `http://`: `x`
  help: Write it as in `https://example.org` or `https://example.org/handbook/`.

"#]]
    );
}

#[test]
fn an_unclosed_table_is_told_and_what_follows_is_still_checked() {
    assert_data_eq!(
        told(
            r#"[site
titel = "a"

[theme]
acent = "red"
"#
        ),
        str![[r#"
book.toml:1:6: error: the heading of a table is not closed
  help: Put a `]` at its end, as in `[site]`.
book.toml:5:1: error: `acent` is not a key of [theme]; did you mean `accent`?
  fix: write `accent`

"#]]
    );
}

#[test]
fn text_that_is_no_toml_at_all_is_told() {
    assert_data_eq!(
        told("<html>\n"),
        str![[r#"
book.toml:1:1: error: this is not TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
  help: A line is a table, as in `[site]`, or a key with its value, as in `title = "Handbook"`.

"#]]
    );
}

#[test]
fn everything_wrong_is_told_at_once_in_order() {
    assert_data_eq!(
        told(
            r#"[site]
titel = "a"
language = 1

[folders]
output = "."

[findings]
nothing-such = "off"

[theme]
accent = "}"
toc_max_level = 1
"#
        ),
        str![[r#"
book.toml:2:1: error: `titel` is not a key of [site]; did you mean `title`?
  fix: write `title`
book.toml:3:12: error: `site.language` wants a text in quotes, not a number
  fix: put it in quotes
book.toml:6:10: error: `folders.output` is not a folder inside the project: `.`
  help: The site replaces what lies there. Name a folder of its own, as in `public`; `--out` writes elsewhere.
book.toml:9:1: error: `nothing-such` is not a key of [findings]
  help: `bokworm schema` lists what [findings] knows.
book.toml:12:10: error: `theme.accent` holds `}`, which could end the rule of the style sheet that it stands in: `}`
  help: Write a single value; rules belong in a style sheet of your own, named in `theme.stylesheets`.
book.toml:13:17: error: `theme.toc_max_level` is a whole number from 2 to 6, not 1

"#]]
    );
}

#[test]
fn a_very_long_key_is_cut() {
    assert_data_eq!(
        told(&format!("{} = 1\n", "x".repeat(5000))),
        str![[r#"
book.toml:1:1: error: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` is not a key of book.toml
  help: `bokworm schema` lists what book.toml knows.

"#]]
    );
}

#[test]
fn the_place_of_any_value_can_be_asked_for() {
    let text = "[redirects]\n\"/a.b\" = \"/c\"\n\n[[footer.columns]]\ntitle = \"x\"\nlinks = [{ label = \"y\", to = \"/z\" }]\n";
    let at = |path: &[&str]| config::place(text, path).map(|span| span.of(text));
    assert_eq!(at(&["redirects", "/a.b"]), Some("\"/c\""));
    assert_eq!(at(&["footer", "columns", "0", "links", "0", "to"]), Some("\"/z\""));
    assert_eq!(at(&["footer", "columns", "1", "title"]), None);
    assert_eq!(at(&["site", "title"]), None);
    assert_eq!(at(&[]), None);
}

#[test]
fn a_file_in_which_everything_is_wrong_is_told_with_measure() {
    let text: String = (0..5_000).map(|number| format!("key{number} = 1\n")).collect();
    let (_, findings) = parse(&text);
    assert_eq!(findings.len(), 101);
    assert_eq!(findings[100].message, "there are 4900 more mistakes from here on");
}

#[test]
fn a_policy_is_only_added_to_by_whole_sources() {
    assert_data_eq!(
        told(
            "[headers.allow]\nframe-scr = [\"https://a.example\"]\nstyle = []\n\
             font-src = [\"https://a.example; script-src *\", \"https://b.example\"]\n"
        ),
        str![[r#"
book.toml:2:1: error: a key of [headers.allow] is not a directive that can be added to: `frame-scr`
  help: It is one of connect-src, font-src, form-action, frame-ancestors, frame-src, img-src, manifest-src, media-src, object-src, script-src, style-src, worker-src.
  fix: write `"frame-src"`
book.toml:3:1: error: a key of [headers.allow] is not a directive that can be added to: `style`
  help: It is one of connect-src, font-src, form-action, frame-ancestors, frame-src, img-src, manifest-src, media-src, object-src, script-src, style-src, worker-src.
book.toml:4:13: error: `headers.allow.font-src` is not one source of a policy: `https://a.example; script-src *`
  help: Write one origin each, as in `https://cdn.example.org`.

"#]]
    );
    assert_eq!(parse("[headers.allow]\nfont-src = [\"https://b.example\"]").1, []);
}

#[test]
fn a_language_is_named_by_the_code_that_browsers_know() {
    assert_data_eq!(
        told(
            r#"[languages.en]
[languages.jp]
[languages.xx]
[languages.pt_BR]
[languages.english]
"#
        ),
        str![[r#"
book.toml:2:12: error: a key of [languages] is no language's code: `jp`
  help: Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.
  fix: write `"ja"`
book.toml:3:12: error: a key of [languages] is no language's code: `xx`
  help: Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.
book.toml:4:12: error: a key of [languages] is not a code of a language: `pt_BR`
  help: Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.
  fix: write `"pt-BR"`

"#]]
    );
}

#[test]
fn no_two_languages_share_a_prefix_or_a_folder() {
    assert_data_eq!(
        told(
            r#"[languages.en]
[languages.de]
prefix = "/"
[languages.ja]
prefix = "/x/"
[languages.ar]
prefix = "x"
[languages.ko]
source = "content/ja"
[languages.FR]
[languages.fr]
"#
        ),
        str![[r#"
book.toml:3:10: error: `en` and `de` would both be published at `/`
  help: Give one a prefix of its own, as in `prefix = "/de"`.
book.toml:7:10: error: `ja` and `ar` would both be published at `/x/`
  help: Give one a prefix of its own, as in `prefix = "/ar"`.
book.toml:9:10: error: `ja` and `ko` both take their pages from `content/ja`
  help: Give each a folder of its own; pages of one folder may say their language in their name, as in `guide.ja.md`.
book.toml:11:12: error: `FR` and `fr` are the same language
  help: Keep one of them.

"#]]
    );
}

#[test]
fn a_languages_folder_lies_in_that_of_the_pages() {
    assert_data_eq!(
        told(
            r#"[folders]
source = "pages"

[languages.en]
source = "pages"
[languages.de]
source = "content/de"
[languages.ja]
source = "../ja"
[languages.ar]
source = "pages/../other"
"#
        ),
        str![[r#"
book.toml:7:10: error: `content/de` does not lie in the folder of the pages, `pages`
  help: `folders.source` names the folder that holds the folders of all languages.
book.toml:9:10: error: `../ja` does not lie in the folder of the pages, `pages`
  help: `folders.source` names the folder that holds the folders of all languages.
book.toml:11:10: error: `other` does not lie in the folder of the pages, `pages`
  help: `folders.source` names the folder that holds the folders of all languages.

"#]]
    );
}

#[test]
fn what_a_language_says_is_checked_as_all_else() {
    assert_data_eq!(
        told(
            r#"[languages.en]
direction = "right"
fallback = "original"
titel = "Handbook"
[languages.de]
site.titel = "Handbuch"
site.language = "de"
prefix = "../de"
default = "yes"
[translations]
fallback = 1
"#
        ),
        str![[r#"
book.toml:2:13: error: `languages.en.direction` can't be `right`
  help: It is `ltr` or `rtl`.
book.toml:3:12: error: `languages.en.fallback` can't be `original`
  help: It is `page`, `link` or `none`.
book.toml:4:1: error: `titel` is not a key of [languages.en]
  help: [languages.en] knows `label`, `source`, `prefix`, `direction`, `default`, `fallback`, `site`, `navbar`, `footer`, `dates`, `theme`, `tags`, `search`, `relations` and `assessment`.
book.toml:6:6: error: `titel` is not a key of [languages.de.site]; did you mean `title`?
  fix: write `title`
book.toml:7:6: error: `language` is not a key of [languages.de.site]
  help: Write it below [site].
book.toml:8:10: error: `languages.de.prefix` holds `..`, and would lead out of the site: `../de`
  help: Write it as in `/handbook/`.
book.toml:9:11: error: `languages.de.default` wants `true` or `false` without quotes, not a text
  fix: write `true`
book.toml:11:12: error: `translations.fallback` wants a text in quotes, not a number
  fix: put it in quotes

"#]]
    );
}

#[test]
fn two_languages_can_not_both_be_the_original() {
    assert_data_eq!(
        told(
            r#"[languages.en]
default = true
[languages.de]
default = true
"#
        ),
        str![[r#"
book.toml:4:11: error: `en` and `de` both say `default`, and the others are translations of one
  help: Leave it with the original only.

"#]]
    );
}

#[test]
fn places_to_publish_to_are_checked() {
    assert_data_eq!(
        told("[publish]\nto = \"/mnt/www\"\ngrace = \"1 day\"\nremote = \"--all\"\nmax_deletes = -1\n"),
        str![[r#"
book.toml:2:6: error: `publish.to` is no place to publish to: `/mnt/www`
  help: Write a folder as in `folder:../www`, a branch as in `git:gh-pages`, a place in an object store as in `s3://bucket/handbook` (or `gs://`, `az://`).
book.toml:3:9: error: `publish.grace` is no span of time: `1 day`
  help: Write it as in `30m`, `24h` or `7d`; `0` is none.
book.toml:4:10: error: `publish.remote` is no name that git takes: `--all`
  help: Write it as in `origin`.
book.toml:5:15: error: `publish.max_deletes` is a whole number from 0 to 1000000000, not -1

"#]]
    );
}
