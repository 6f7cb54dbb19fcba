//! What of a tree may stand on a page that runs nothing, loads nothing from elsewhere and asks for nothing, whoever wrote
//! it: of elements and attributes those that are known. Of all others their text stays, but for what nobody reads.

use super::{TreeElement, TreeNode, text};
use crate::html::is_harmless;

/// Elements of text.
const ELEMENTS: [&str; 77] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "meter",
    "ol",
    "p",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "hgroup",
    "center",
    "tt",
    "big",
];

/// Elements of drawings.
const DRAWN: [&str; 20] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "marker",
    "a",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
];

/// Elements that are left out with all that stands in them.
const LEFT_OUT: [&str; 14] = [
    "script",
    "style",
    "template",
    "head",
    "nav",
    "button",
    "select",
    "textarea",
    "datalist",
    "noembed",
    "noframes",
    "dialog",
    "canvas",
    "foreignObject",
];

/// Elements that show what lies elsewhere: a link stands for each.
const SHOWING: [&str; 6] = ["iframe", "frame", "video", "audio", "embed", "object"];

/// Attributes of any element.
const ATTRIBUTES: [&str; 15] = [
    "id",
    "class",
    "title",
    "lang",
    "dir",
    "hidden",
    "role",
    "tabindex",
    "translate",
    "aria-label",
    "aria-hidden",
    "aria-labelledby",
    "aria-describedby",
    "aria-current",
    "aria-level",
];

/// Attributes of one element.
const OWN_ATTRIBUTES: [(&str, &[&str]); 17] = [
    ("a", &["href", "hreflang", "data-to"]),
    ("img", &["src", "alt", "width", "height"]),
    ("td", &["colspan", "rowspan", "align"]),
    ("th", &["colspan", "rowspan", "scope", "abbr", "align"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("time", &["datetime"]),
    ("data", &["value"]),
    ("del", &["datetime"]),
    ("ins", &["datetime"]),
    ("details", &["open"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("input", &["type", "checked"]),
    ("meter", &["value", "min", "max", "low", "high", "optimum"]),
    ("progress", &["value", "max"]),
    ("p", &["align"]),
];

/// Attributes of what is drawn.
const DRAWN_ATTRIBUTES: [&str; 54] = [
    "viewBox",
    "width",
    "height",
    "preserveAspectRatio",
    "focusable",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "points",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-opacity",
    "opacity",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-weight",
    "font-style",
    "font-family",
    "marker-start",
    "marker-mid",
    "marker-end",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "orient",
    "refX",
    "refY",
    "clip-path",
    "clipPathUnits",
    "gradientUnits",
    "gradientTransform",
    "offset",
    "stop-color",
    "stop-opacity",
    "href",
];

/// The nodes that may stay, each as far as it may.
pub(crate) fn harmless(nodes: Vec<TreeNode>) -> Vec<TreeNode> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            TreeNode::Element(element) => out.extend(cleaned(element)),
            text @ TreeNode::Text(_) => out.push(text),
        }
    }
    out
}

fn cleaned(mut element: TreeElement) -> Vec<TreeNode> {
    let name = element.name.as_str();
    if LEFT_OUT.contains(&name) || is_unseen_field(&element) {
        return Vec::new();
    }
    if SHOWING.contains(&name) {
        return vec![TreeNode::Element(link_to_shown(&element))];
    }
    let known = if element.is_foreign { DRAWN.contains(&name) } else { ELEMENTS.contains(&name) };
    let mut children = harmless(std::mem::take(&mut element.children));
    if element.is_foreign {
        // A browser would end the drawing there.
        let is_of_text = |node: &TreeNode| node.element().is_some_and(|inner| !inner.is_foreign);
        children.iter_mut().filter(|node| is_of_text(node)).for_each(|node| *node = TreeNode::Text(text_of(node)));
    }
    if !known {
        return children;
    }
    let written = std::mem::take(&mut element.attributes);
    let may_stay = |(attribute, value): &(String, String)| stays(&element, attribute, value);
    let attributes = written.into_iter().filter(may_stay).collect();
    let mut kept = TreeElement { attributes, children, ..element };
    tidy(&mut kept);
    vec![TreeNode::Element(kept)]
}

fn text_of(node: &TreeNode) -> String {
    text(std::slice::from_ref(node))
}

/// A field to write into, or one that shows something else of the page: only boxes to tick are to be read.
fn is_unseen_field(element: &TreeElement) -> bool {
    element.name == "input" && !element.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"))
}

fn stays(element: &TreeElement, attribute: &str, value: &str) -> bool {
    let own = OWN_ATTRIBUTES.iter().find(|(name, _)| *name == element.name && !element.is_foreign);
    let is_own = own.is_some_and(|(_, attributes)| attributes.contains(&attribute));
    let is_drawn = element.is_foreign && DRAWN_ATTRIBUTES.contains(&attribute);
    if !is_own && !is_drawn && !ATTRIBUTES.contains(&attribute) {
        return false;
    }
    match attribute {
        "href" | "src" => is_harmless(value),
        // What is drawn with something of the drawing itself.
        _ if value.contains("url(") => value.starts_with("url(#"),
        _ => true,
    }
}

/// What a checker of HTML would complain of, or what could be taken for something of ours.
fn tidy(element: &mut TreeElement) {
    if let Some(classes) = element.get("class") {
        let own: Vec<&str> = classes.split_ascii_whitespace().filter(|class| !class.starts_with("diff-")).collect();
        let own = own.join(" ");
        element.take("class");
        if !own.is_empty() {
            element.set("class", &own);
        }
    }
    if let Some(side) = element.take("align").filter(|side| ["left", "center", "right"].contains(&side.as_str())) {
        element.add_class(&format!("align-{side}"));
    }
    if element.name == "input" {
        element.set("disabled", "");
    }
    if element.get("id").is_some_and(|id| id.is_empty() || id.contains(|c: char| c.is_ascii_whitespace())) {
        element.take("id");
    }
    match element.name.as_str() {
        "center" if !element.is_foreign => "div".clone_into(&mut element.name),
        "big" | "tt" if !element.is_foreign => "span".clone_into(&mut element.name),
        _ => {}
    }
}

fn link_to_shown(element: &TreeElement) -> TreeElement {
    let first_source = element.find(&|inner| inner.name == "source");
    let address = ["src", "data"].iter().find_map(|name| element.get(name));
    let address = address.or_else(|| first_source.and_then(|source| source.get("src"))).unwrap_or_default();
    let named = ["title", "aria-label"].iter().find_map(|name| element.get(name)).filter(|name| !name.is_empty());
    let link = TreeElement::new("a", vec![TreeNode::Text(named.unwrap_or(address).to_owned())]);
    if is_harmless(address) && !address.is_empty() { link.with("href", address) } else { link }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, written};
    use super::*;

    fn told(html: &str) -> String {
        let tree = parse(html);
        written(&harmless(tree.find(&|element| element.name == "body").unwrap().children.clone()))
    }

    #[test]
    fn what_could_run_is_gone_and_what_is_read_stays() {
        for (html, expected) in [
            ("<p onclick=x style=y>a<script>b</script></p>", "<p>a</p>"),
            ("<a href='java\tscript:x'>a</a>", "<a>a</a>"),
            ("<iframe src=https://a.example title=Film></iframe>", "<a href=\"https://a.example\">Film</a>"),
            ("<iframe srcdoc='<script>x</script>'></iframe>", "<a></a>"),
            (
                "<svg onload=x><script>y</script><use href=#a /><path d=M0 fill='url(http://x)'></svg>",
                "<svg><path d=\"M0\"></path></svg>",
            ),
            ("<svg><foreignObject><p>a<img src=x onerror=y></p></foreignObject></svg>", "<svg></svg>"),
            ("<svg><title><b>a</b></title></svg>", "<svg><title>a</title></svg>"),
            ("<math><mi>x</mi></math>", "x"),
            ("<form action=x>a<input name=b><button>c</button></form>", "a"),
            ("<input type=checkbox checked name=a>", "<input type=\"checkbox\" checked=\"\" disabled=\"\">"),
            ("<td>a</td><x-y>b</x-y>", "ab"),
            ("<ins class='diff-block mine'>a</ins><i class=diff-block>b</i>", "<ins class=\"mine\">a</ins><i>b</i>"),
            ("<base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=x>a", "a"),
        ] {
            assert_eq!(told(html), expected, "{html}");
        }
    }
}
