//! A site all in Chinese, with every component and every kind of page on it, shows no Latin word but in code, in
//! addresses and on keys: nothing of the theme's is left in English, and no English word decides what is shown.

use std::collections::BTreeSet;
use std::path::Path;

use crate::program::{bokworm, files, folder, read};
use scraper::{ElementRef, Html, Node, Selector};

const CONFIG: &str = r#"
[site]
title = "开源手册"
tagline = "给所有人的开源知识"
language = "zh-Hans"
url = "https://example.org"
authors = ["开源办公室"]

[urls]
style = "file"

[theme]
edit_link = "https://example.org/edit"

[relations.leads]
label = "通往"
inverse = "来自"

[navbar]
items = [{ label = "手册", to = "/a" }]

[footer]
copyright = "版权所有"
columns = [{ title = "更多", links = [{ label = "首页", to = "/" }] }]

[print]
book = true
sections = true

[tags]
roles = "角色"

[redirects]
"/old" = "/a"
"/lost" = "/lost"
"#;

const HOME: &str = "---\ntitle: 首页\ntemplate: home.html\n---\n欢迎。\n";

const PAGE: &str = r#"---
title: 第一页
description: 关于一切
status: 草稿
authors: [王芳, 李明]
last_update: 2026-11-05
tags: [第1级 (级别), 开发者 (角色), 安全]
checklist:
  - { title: 第一项, description: 说明 }
  - 第二项
course: { code: 甲一, length: 3 小时, cost: 免费, publisher: 学院, certification: 有, link: "https://example.org/course" }
---

开头。

## 小标题

:::note
备注。
:::

:::tip
:::

> [!IMPORTANT]
> 重要。

> [!WARNING]
> 警告。

<Admonition kind="info">信息</Admonition>
<Admonition kind="caution">小心</Admonition>
<Admonition kind="danger">危险</Admonition>
<Admonition kind="success">成功</Admonition>
<Admonition kind="secondary">备注</Admonition>

<ArticleChecklist checklist={frontMatter.checklist} />

<CourseDetails course={frontMatter.course} />

<BoxOut title="方框" link="/b">内容</BoxOut>

<BoxOut link="/b">内容</BoxOut>

<Bio name="王芳" organisation="学院">一位作者。</Bio>

<Details>细节</Details>

<PdfButton />

<ReactPlayer url="https://films.example.org/1" />

<ReactPlayer url="/film.mp4" />

<ReactPlayer url="/sound.mp3" />

<Tabs>
<TabItem value="甲">甲的内容</TabItem>
<TabItem value="乙">乙的内容</TabItem>
</Tabs>

| 列 | 值 |
| --- | --- |
| 甲 | 一 |

```js
const word = "code";
```

脚注[^1]。

[^1]: 注释。
"#;

const LISTS: &str = r#"---
title: 列表
leads: [丙, { to: 丁, note: 一半 }]
tags: [第2级 (级别), 开发者 (角色)]
---
<Benchmark data="没有" />

<BokTagList tag="开发者 (角色)" />

<BokTagList tag="没有" />

<Relations />

<BokTagList query='kind:角色' layout="table" group="kind:角色" />

<BokMatrix rows="kind:角色" columns="kind:级别" />

<Backlinks />

<Related />

<TagCloud />

<Graph />

<DataTable from="法规" columns="名称, 年份" />

<CourseList tag="开发者 (角色)" />

<CourseList />

<ChecklistSummary tag="开发者 (角色)" />

<ChecklistSummary tag="没有" />

<CompleteChecklist tag="开发者 (角色)" />

<CompleteChecklist tag="没有" />

<ImageBullet image="/picture.svg" alt="图">文字</ImageBullet>
"#;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>";

const SITE: &[(&str, &str)] = &[
    ("data/法规.yaml", "- 名称: 许可法\n  年份: 2024\n- 名称: 安全法\n  年份: 2025\n"),
    ("book.toml", CONFIG),
    ("content/index.md", HOME),
    ("content/a.md", PAGE),
    ("content/b.md", LISTS),
    ("content/empty.md", "---\ntitle: 空页\n---\n"),
    ("content/moved.md", "---\ntitle: 移走\n---\n<Redirect to=\"/a\" />\n"),
    ("content/gone.md", "---\ntitle: 不在\n---\n<Redirect />\n"),
    ("content/more/_category_.yaml", "label: 更多\nlink: { type: generated-index }\n"),
    ("content/more/c.md", "---\ntitle: 丙\n---\n丙。\n"),
    ("content/more/d.md", "---\ntitle: 丁\n---\n丁。\n"),
    ("content/none/_category_.yaml", "label: 尚无\nlink: { type: generated-index }\n"),
    ("content/none/e.md", "---\ntitle: 戊\nunlisted: true\n---\n戊。\n"),
    ("content/many/index.md", "---\ntitle: 许多\n---\n许多。\n"),
    ("content/many/1.md", "# 一\n"),
    ("content/many/2.md", "# 二\n"),
    ("content/many/3.md", "# 三\n"),
    ("content/many/4.md", "# 四\n"),
    ("content/many/5.md", "# 五\n"),
    ("content/many/6.md", "# 六\n"),
    ("static/picture.svg", PICTURE),
    ("static/film.mp4", "x"),
    ("static/sound.mp3", "x"),
];

/// Attributes that readers see or hear, and what scripts put into pages.
const SAID: [&str; 7] = ["alt", "aria-label", "label", "placeholder", "summary", "title", "value"];

/// Addresses that scripts load.
const ADDRESSES: [&str; 7] =
    ["data-load", "data-menu", "data-more", "data-search", "data-search-style", "data-search-words", "data-take-over"];

/// What is told of a page in its head.
const METADATA: [&str; 7] =
    ["description", "keywords", "author", "og:title", "og:site_name", "og:description", "og:image:alt"];

/// Of two letters or more; `PDF` and `Markdown` are one thing in all languages, the others are keys and a file's name.
fn latin_words(text: &str) -> Vec<String> {
    let is_latin = |c: char| c.is_alphabetic() && (c as u32) < 0x250;
    let words = text.split(|c: char| !is_latin(c)).filter(|word| word.len() > 1);
    words
        .filter(|word| !["PDF", "Markdown", "Ctrl", "Enter", "Esc", "llms", "txt"].contains(word))
        .map(str::to_owned)
        .collect()
}

/// The Latin words that a page shows.
fn shown(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let mut found = Vec::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Text(text) => {
                let inside =
                    |name: &str| node.ancestors().filter_map(ElementRef::wrap).any(|one| one.value().name() == name);
                let is_address = text.contains("example.org");
                if inside("noscript") {
                    found.extend(shown(text));
                    continue;
                }
                if !is_address && !["script", "style", "code"].into_iter().any(inside) {
                    found.extend(latin_words(text));
                }
            }
            Node::Element(element) => {
                let name = element.attr("name").or(element.attr("property")).unwrap_or_default();
                for (attribute, value) in element.attrs() {
                    let is_data = attribute.starts_with("data-") && !ADDRESSES.contains(&attribute);
                    let is_told = attribute == "content" && METADATA.contains(&name);
                    let places =
                        ["data-assessment", "data-checklist", "data-field", "data-group", "data-language", "data-line"];
                    let is_place = places.contains(&attribute);
                    if SAID.contains(&attribute) || is_told || (is_data && !is_place) {
                        // What is filled in has a name, which nobody sees.
                        let names = ["{all}", "{done}", "{name}", "{statement}", "{title}"];
                        let said = names.iter().fold(value.to_owned(), |said, name| said.replace(name, ""));
                        found.extend(latin_words(&said).into_iter().map(|word| format!("{attribute}: {word}")));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn built() -> tempfile::TempDir {
    let site = folder(SITE);
    let ran = bokworm(site.path(), &["build", "--quiet"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    site
}

fn has(site: &Path, page: &str, selector: &str) -> bool {
    let page = Html::parse_document(&read(site, &format!("public/{page}")));
    page.select(&Selector::parse(selector).unwrap()).next().is_some()
}

#[test]
fn a_site_all_in_chinese_shows_no_latin_word() {
    let site = built();
    let mut wrong = Vec::new();
    let pages: Vec<String> =
        files(&site.path().join("public")).into_iter().filter(|path| path.ends_with(".html")).collect();
    for path in &pages {
        let words: BTreeSet<String> = shown(&read(site.path(), &format!("public/{path}"))).into_iter().collect();
        wrong.extend((!words.is_empty()).then(|| format!("{path}: {words:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for page in ["404.html", "a.html", "index.html", "lost.html", "more.html", "old.html", "print.html", "tags.html"] {
        assert!(pages.iter().any(|path| path == page), "{page} of {pages:?}");
    }
}

#[test]
fn every_component_and_kind_of_page_is_on_it() {
    let content: String = SITE.iter().filter(|(path, _)| path.ends_with(".md")).map(|(_, text)| *text).collect();
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/components");
    for component in files(&theme) {
        assert!(content.contains(&format!("<{}", component.trim_end_matches(".html"))), "{component}");
    }
    let site = built();
    for (page, selector) in [
        ("index.html", "ol.steps li"),
        ("index.html", ".ways li"),
        ("index.html", "ul.sections li > p"),
        ("a.html", ".neighbours"),
        ("a.html", ".breadcrumbs"),
        ("a.html", ".toc"),
        ("a.html", ".print-link"),
        ("a.html", ".meta time"),
        ("a.html", "[rel=edit]"),
        ("b.html", ".relations .note"),
        ("more/c.html", ".relations a"),
        ("b.html", ".course-list tbody td"),
        ("b.html", ".checklist-summary tbody td"),
        ("more/c.html", ".sidebar summary"),
        ("print.html", ".print-note"),
        ("tags.html", ".tag-count"),
    ] {
        assert!(has(site.path(), page, selector), "{page}: {selector}");
    }
}

#[test]
fn its_scripts_say_chinese_words() {
    let site = built();
    let assets = files(&site.path().join("public/assets"));
    let words: Vec<&String> = assets.iter().filter(|path| path.starts_with("words.zh-Hans.")).collect();
    let [words] = words.as_slice() else { panic!("one file of words: {assets:?}") };
    let script = read(site.path(), &format!("public/assets/{words}"));
    let (_, table) = script.split_once("words = ").unwrap();
    let table: serde_json::Value = serde_json::from_str(table.split_once(";\n").unwrap().0).unwrap();
    let mut said: Vec<String> = Vec::new();
    for (name, word) in table.as_object().unwrap() {
        match word {
            serde_json::Value::Object(forms) => {
                said.extend(forms.values().map(|text| text.as_str().unwrap().to_owned()));
            }
            text => said.push(text.as_str().unwrap_or_else(|| panic!("{name}")).to_owned()),
        }
    }
    assert!(said.len() > 10);
    for text in said {
        let bare: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        assert!(latin_words(&bare).is_empty(), "{text}");
    }
    // The list for language models, which people read, too.
    assert!(read(site.path(), "public/llms.txt").contains("\n## 页面\n"));
}
