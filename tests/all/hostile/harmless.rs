//! Pages that mean no harm, of all shapes that hostile ones may take: what is in them is the theme's.

use super::{Project, bits};

const PAGE: &str = r#"---
title: Title
description: Words
tags: [red, Blue (Role)]
authors: [Someone]
keywords: [k]
list_image: /pic.png
image: /pic.png
status: new
date: 2026-01-02
aliases: [/old]
course: {link: "https://example.org", code: c, length: 2 days, cost: free}
checklist: [one, {title: two, description: three, was: four}]
---

## Heading {#id .class}

Text with [a link](a.md "title"), ![a picture](pic.png "title"), `code`, ~~gone~~ and a note[^1].

[^1]: Note

- [x] done

| a | b |
|---|:-:|
| c | d |

```js title="x.js" {1}
let a = 1;
```

```mermaid
a
```

```math
b
```

:::note Title

Text

:::

> [!TIP]
> Text

<Tabs groupId="g" defaultValue="b"><TabItem value="a" label="A">x</TabItem><TabItem value="b" default>y</TabItem></Tabs>

<BoxOut title="t" image="/pic.png" alt="a" link="a.md" linkText="l" className="c">x</BoxOut>

<Details summary="s" open className="c">x</Details>

<ImageBullet image="/pic.png" alt="a">x</ImageBullet>

<ReactPlayer url="/x.mp4" poster="/pic.png" title="t" muted />

<ReactPlayer url="/x.mp3" /><ReactPlayer url="https://x.example/a" />

<PdfButton text="p" /><PdfButton id="x" /><Redirect to="a.md" />

<Bio name="n" organisation="o" image="/pic.png">x</Bio>

<BokTagList tag="red" /><BokTagList tag="none" /><CourseList tag="red" /><CourseDetails course={frontMatter.course} />

<ArticleChecklist checklist={frontMatter.checklist} title="t" id="y" /><Benchmark data="none" /><ChecklistSummary tag="red" /><CompleteChecklist tag="red" />
"#;

/// What a page may consist of, for frames without much in them.
const PLAIN: &[&str] = &[
    "# Home\n",
    "Text\n",
    "---\ntitle: Title\ndescription: Words\n---\n\nText\n",
    "---\ntitle: T\nhide_title: true\nunlisted: true\n---\n\n# A\n\nText\n",
    "---\ntemplate: home.html\ntags: [Level 1 (Level), Blue (Role)]\nx: 1\n---\n\nText\n",
    "---\ntemplate: home.html\ntags: [red]\n---\n",
    "---\ntemplate: tags.html\n---\n\nText\n",
    "---\ntemplate: print.html\n---\n\nText\n",
    "---\ntemplate: category.html\n---\n\nText\n",
    "---\ntemplate: tag.html\n---\n\nText\n",
    "---\ntemplate: 404.html\n---\n\nText\n",
    "",
];

const CATEGORIES: &[&str] = &[
    "label: Label\n",
    "label: Label\nlink: {type: generated-index, title: x, description: y}\n",
    "label: Label\nlink: {type: generated-index, title: x, slug: /s}\n",
];

/// Harmless projects with every configuration.
pub fn projects() -> Vec<Project> {
    let mut projects = Vec::new();
    for book in bits::CONFIGURATIONS {
        let mut project = |files: &[(&str, &str)]| {
            let all = [("book.toml", *book)].into_iter().chain(files.iter().copied());
            projects.push(Project { files: all.map(|(path, text)| (path.to_owned(), text.to_owned())).collect() });
        };
        project(&[]);
        for plain in PLAIN {
            project(&[("content/index.md", plain), ("content/a.md", plain)]);
            project(&[("content/a.md", plain), ("content/docs/b.mdx", PAGE), ("content/docs/index.md", plain)]);
        }
        for category in CATEGORIES {
            let docs =
                [("content/docs/_category_.yml", *category), ("content/docs/c.md", PAGE), ("content/docs/b.md", PAGE)];
            project(&docs);
            project(&docs[..2]);
        }
    }
    projects
}
