//! `bokworm init` where a site is: its pages are published where they were, and nothing of it is changed.

use crate::program::{bokworm, files, folder, read};
use snapbox::{assert_data_eq, str};

const DOCUSAURUS: &str = "import x from 'y';
// title: 'not this one'
const config: Config = {
  title: 'It\\'s ours', tagline: `What ${x} is`,
  url: 'https://example.org', baseUrl: '/handbook/', favicon: 'img/f.svg',
  i18n: { defaultLocale: 'de', locales: ['de'] },
  presets: [['classic', /** @type {Options} */ ({ docs: { path: 'pages', routeBasePath: '/', editUrl: f('}') }, blog: false })]],
  themeConfig: { navbar: { title: 'no' } },
} satisfies Config;
export default config;
";

/// The pages that are published, without those that bokworm adds.
fn published(project: &std::path::Path) -> Vec<String> {
    let ran = bokworm(project, &["build", "--quiet"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let added = ["404.html", "tags.html", "tags/index.html", "docs/tags/index.html"];
    let pages = files(&project.join("public")).into_iter().filter(|file| file.ends_with(".html"));
    pages.filter(|file| !added.contains(&file.as_str())).collect()
}

#[test]
fn a_docusaurus_site_keeps_its_pages_and_addresses() {
    let here = folder(&[
        ("docusaurus.config.ts", DOCUSAURUS),
        ("pages/index.md", "# Start\n\n[A](01-part/a.mdx)\n"),
        ("pages/01-part/a.mdx", "# A\n"),
        ("blog/a.md", "# A\n"),
        ("static/img/f.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert_data_eq!(
        ran.stdout,
        str![[r#"
found a Docusaurus site (docusaurus.config.ts): its pages stay where they are, as they are
took site.title = "It's ours"
took site.language = "de"
took site.url = "https://example.org"
took site.base_path = "/handbook/"
took site.favicon = "/img/f.svg"
took folders.source = "pages"
took urls.docs_route = "/"
took urls.style = "folder"
took urls.trailing_slash = false
not taken over: `tagline`, which is no literal: the configuration is a program, and isn't run
not taken over: `themeConfig.navbar`, the bar at the top: write `[navbar]`
not taken over: `blog`, the blog
made book.toml
made book.schema.json
made .gitignore

Now build it: bokworm build

"#]]
    );
    assert_data_eq!(
        read(here.path(), "book.toml"),
        str![[r##"
#:schema ./book.schema.json
#
# Written by `bokworm init` for a Docusaurus site (docusaurus.config.ts).
# Every other key, and what is so without it: `bokworm schema`, or an editor that knows TOML schemas.

[site]
title = "It's ours"
language = "de"
url = "https://example.org"
base_path = "/handbook/"
favicon = "/img/f.svg"

[folders]
source = "pages"

[urls]
docs_route = "/"
style = "folder"
trailing_slash = false

"##]]
    );
    assert_eq!(published(here.path()), ["index.html", "part/a/index.html"]);
    let page = read(here.path(), "public/index.html");
    assert!(page.contains("lang=\"de\"") && page.contains("href=\"part/a\""), "{page}");
    assert!(!files(here.path()).iter().any(|file| file.starts_with("content")));
    let again = bokworm(here.path(), &["init"]);
    assert!(again.code == 0 && !again.stdout.contains("\nmade "), "{}{}", again.stdout, again.stderr);
}

#[test]
fn docusaurus_decides_about_slashes() {
    for (said, written) in [("", "false"), ("trailingSlash: false", "false"), ("trailingSlash: true", "true")] {
        let config = format!("module.exports = {{ title: 'A', {said} }};");
        let here = folder(&[("docusaurus.config.js", &config), ("docs/a.md", "# A\n")]);
        assert_eq!(bokworm(here.path(), &["init"]).code, 0);
        assert!(read(here.path(), "book.toml").contains(&format!("\ntrailing_slash = {written}\n")));
        assert_eq!(published(here.path()), ["docs/a/index.html", "index.html"]);
    }
}

#[test]
fn what_docusaurus_would_have_to_be_run_for_is_said() {
    let here = folder(&[
        ("docusaurus.config.js", "export default async function make() { return { title: 'A' }; }"),
        ("docs/a.md", "# A\n"),
    ]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("it exports no object that is written out, and it isn't run\n"), "{}", ran.stdout);
    assert!(!read(here.path(), "book.toml").contains("title"));
}

#[test]
fn an_mkdocs_site_keeps_its_pages_and_addresses() {
    let config = "site_name: Ours\nsite_url: https://example.org/handbook/\ntheme: {name: material, language: de}\n\
                  plugins: [!ENV [A, search]]\nmarkdown_extensions:\n  - x: {f: !!python/name:a.b }\nnav:\n  - Start: index.md\n";
    for (said, pages) in
        [("", ["guide/index.html", "index.html"]), ("use_directory_urls: false\n", ["guide.html", "index.html"])]
    {
        let config = format!("{config}{said}");
        let here = folder(&[("mkdocs.yml", &config), ("docs/README.md", "# A\n"), ("docs/guide.md", "# B\n")]);
        let ran = bokworm(here.path(), &["init"]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""));
        assert!(ran.stdout.contains("\nnot taken over: `nav`: "), "{}", ran.stdout);
        let written = read(here.path(), "book.toml");
        for line in
            ["title = \"Ours\"", "language = \"de\"", "url = \"https://example.org/handbook/\"", "source = \"docs\""]
        {
            assert!(written.contains(&format!("\n{line}\n")), "{written}");
        }
        assert_eq!(published(here.path()), pages);
    }
}

#[test]
fn beside_a_book_of_mdbook_the_configuration_has_its_other_name() {
    let config = "[book]\ntitle = \"Ours\"\nlanguage = \"de\"\n\n[output.html]\nsite-url = \"/book/\"\n";
    let here = folder(&[
        ("book.toml", config),
        ("src/SUMMARY.md", "# Summary\n\n- [A](part/a.md)\n"),
        ("src/README.md", "# Start\n"),
        ("src/part/a.md", "# A\n"),
    ]);
    let ran = bokworm(here.path(), &["build"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("is mdBook's configuration, and not bokworm's\nhelp: `bokworm init`"),
        "{}",
        ran.stderr
    );
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(ran.stdout.contains("\nmade bokworm.toml\n"), "{}", ran.stdout);
    assert_eq!(read(here.path(), "book.toml"), config);
    assert_data_eq!(
        read(here.path(), "bokworm.toml"),
        str![[r##"
#:schema ./book.schema.json
#
# Written by `bokworm init` for a book of mdBook (book.toml).
# Every other key, and what is so without it: `bokworm schema`, or an editor that knows TOML schemas.

[site]
title = "Ours"
language = "de"
base_path = "/book/"

[folders]
source = "src"
leave_out = ["SUMMARY.md"]

[urls]
style = "file"

"##]]
    );
    assert_eq!(published(here.path()), ["index.html", "part/a.html"]);
    assert_eq!(bokworm(&here.path().join("src/part"), &["check"]).code, 0, "it is found from below");
}

#[test]
fn addresses_that_would_be_others_lead_on() {
    let pages = [
        ("src/SUMMARY.md", "# Summary\n"),
        ("src/01-one/02-a.md", "# A\n"),
        ("src/part/README.md", "# B\n"),
        ("src/twice/twice.md", "# C\n"),
    ];
    let mdbook = [("book.toml", "[book]\n")];
    let mkdocs = [("mkdocs.yml", "docs_dir: src\n")];
    for (config, file, old, new) in [
        (
            mdbook,
            "bokworm.toml",
            ["01-one/02-a.html", "part/index.html", "twice/twice.html"],
            ["one/a", "part", "twice"],
        ),
        (
            mkdocs,
            "book.toml",
            ["01-one/02-a/index.html", "part/index.html", "twice/twice/index.html"],
            ["one/a", "part", "twice"],
        ),
    ] {
        let here = folder(&[&config[..], &pages].concat());
        let ran = bokworm(here.path(), &["init"]);
        assert!(ran.code == 0 && ran.stdout.contains("\ntook [redirects]: "), "{}{}", ran.stdout, ran.stderr);
        published(here.path());
        for (old, new) in old.iter().zip(new) {
            let page = read(here.path(), &format!("public/{old}"));
            if *old == format!("{new}/index.html") && !page.contains("data-redirect") {
                continue;
            }
            assert!(page.contains("data-redirect"), "{old}: {page}");
            assert!(read(here.path(), file).contains(&format!(" = \"/{new}\"\n")), "{old}");
        }
    }
}

#[test]
fn ids_and_generated_indexes_of_docusaurus_lead_on() {
    let here = folder(&[
        ("docusaurus.config.js", "module.exports = { title: 'A' };"),
        ("docs/1-part/_category_.json", "{\"label\": \"Part - One!\", \"link\": {\"type\": \"generated-index\"}}"),
        ("docs/1-part/a.md", "---\nid: b\n---\n# A\n"),
        ("docs/1-part/c.md", "---\nid: d\nslug: /e\n---\n# C\n"),
    ]);
    assert_eq!(bokworm(here.path(), &["init"]).code, 0);
    let written = read(here.path(), "book.toml");
    let (_, redirects) = written.split_once("[redirects]\n").expect("there are some");
    assert_eq!(redirects, "\"/docs/category/part---one\" = \"/docs/part\"\n\"/docs/part/b\" = \"/docs/part/a\"\n");
    assert!(published(here.path()).contains(&"docs/category/part---one/index.html".to_owned()));
}

#[test]
fn pages_without_a_generator_stay_where_they_are() {
    for (place, source) in [("docs/a.md", "docs"), ("content/a.md", "content"), ("a.md", ".")] {
        let here = folder(&[("README.md", "# Our notes\n"), (place, "# A\n"), ("public.md/x", "")]);
        let ran = bokworm(here.path(), &["init"]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""));
        let written = read(here.path(), "book.toml");
        assert!(written.contains("title = \"Our notes\"\n") && written.contains(&format!("source = \"{source}\"\n")));
        assert!(published(here.path()).contains(&"a/index.html".to_owned()));
        assert!(!files(here.path()).iter().any(|file| file.starts_with("public/book")), "{:?}", files(here.path()));
        // What was published isn't read again, wherever it lies.
        assert_eq!(bokworm(here.path(), &["build", "--out", "other"]).code, 0);
        let pages = published(here.path());
        assert!(pages.len() <= 3 && !pages.iter().any(|page| page.starts_with("other")), "{pages:?}");
        assert_eq!(bokworm(here.path(), &["init"]).code, 0);
    }
}

#[test]
fn a_readme_alone_is_no_site() {
    let here = folder(&[("README.md", "# A\n"), ("LICENSE.md", "all\n"), ("docs/a.txt", "")]);
    assert!(bokworm(here.path(), &["init"]).stdout.contains("\nmade content/index.md\n"));
}

#[test]
fn the_demo_is_made_where_it_is_asked_for() {
    let here = folder(&[("mkdocs.yml", "site_name: A\n"), ("docs/a.md", "# A\n")]);
    assert!(bokworm(here.path(), &["init", "--demo"]).stdout.contains("\nmade content/index.md\n"));
}

#[test]
fn where_the_pages_are_not_nothing_is_written() {
    for (name, text, by) in [
        ("docusaurus.config.js", "module.exports = {}", "docs"),
        ("mkdocs.yml", "docs_dir: ../../other", "../../other"),
        ("book.toml", "[book]\n", "src"),
    ] {
        let here = folder(&[(name, text)]);
        let ran = bokworm(here.path(), &["init"]);
        assert_eq!((ran.code, &*ran.stdout), (2, ""));
        let wanted =
            format!("error: nothing was written: by `{name}` the pages lie in `{by}`, which is no folder here\n");
        assert!(ran.stderr.starts_with(&wanted), "{}", ran.stderr);
        assert_eq!(files(here.path()), [name]);
    }
}

#[test]
fn a_configuration_that_says_something_else_is_kept() {
    let here =
        folder(&[("mkdocs.yml", "site_name: A\n"), ("docs/a.md", "# A\n"), ("book.toml", "[site]\ntitle = \"B\"\n")]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`book.toml`\nhelp: move them away"), "{}", ran.stderr);
    assert_eq!(read(here.path(), "book.toml"), "[site]\ntitle = \"B\"\n");
}

#[test]
fn what_bokworm_can_not_do_with_is_said_and_left() {
    let config = "site_name: \"a \\\" ]] \\n b\"\nsite_url: example\ntheme: {language: '!!'}\n";
    let here = folder(&[("mkdocs.yml", config), ("docs/a.md", "# A\n")]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(ran.stdout.contains("not taken over: \"example\", which would be `site.url`: "), "{}", ran.stdout);
    assert!(ran.stdout.contains("not taken over: \"!!\", which would be `site.language`: "), "{}", ran.stdout);
    assert_eq!(published(here.path()), ["a/index.html", "index.html"]);
}

#[test]
fn the_order_of_a_navigation_is_taken_over() {
    let pages = [
        ("docs/index.md", "# Start\n"),
        ("docs/a.md", "# A\n"),
        ("docs/b.md", "# B\n"),
        ("docs/part/c.md", "# C\n"),
        ("docs/part/d.md", "# D\n"),
    ];
    let sites = [
        [
            (
                "mkdocs.yml",
                "nav:\n  - index.md\n  - Part:\n      - part/d.md\n      - Elsewhere: https://example.org\n      - The c: part/c.md\n  - b.md\n  - gone.md\n",
            ),
            ("unused", ""),
        ],
        [
            ("book.toml", "[book]\nsrc = \"docs\"\n"),
            (
                "docs/SUMMARY.md",
                "# Summary\n\n[Start](index.md)\n\n- [D](./part/d.md)\n  - [C](part/c.md)\n- [Draft]()\n- [B](b.md#part)\n- [B](b.md)\n",
            ),
        ],
        [
            ("docusaurus.config.js", "module.exports = { title: 'A' };"),
            (
                "sidebars.ts",
                "const sidebars: SidebarsConfig = {\n  docs: [\n    'index',\n    { Short: ['part/d'] },\n    { type: 'category', label: 'b', link: { type: 'doc', id: 'part/c' }, items: [{ type: 'autogenerated', dirName: 'x' }, { type: 'doc', id: 'b' }] },\n    { type: 'link', label: 'a', href: 'a' },\n  ],\n};\nexport default sidebars;\n",
            ),
        ],
    ];
    for site in sites {
        let here = folder(&[&pages[..], &site[..]].concat());
        let ran = bokworm(here.path(), &["init"]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""));
        assert!(ran.stdout.contains("\ntook folders.order: 4 paths\n"), "{}", ran.stdout);
        let file = if site[0].0 == "book.toml" { "bokworm.toml" } else { "book.toml" };
        let written = read(here.path(), file);
        let order = "order = [\n    \"index.md\",\n    \"part/d.md\",\n    \"part/c.md\",\n    \"b.md\",\n]\n";
        assert!(written.contains(order), "{written}");
        let ran = bokworm(here.path(), &["check"]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{}", ran.stdout);
    }
}
