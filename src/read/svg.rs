//! Width and height of an SVG picture, from the attributes of its outermost
//! element. Not an XML parser: it looks no further than that one tag.

/// Width and height in pixels: as written, else the size of the `viewBox`.
pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(bytes);
    let tag = outermost_tag(&text)?;
    let (mut width, mut height, mut view) = (None, None, None);
    for (name, value) in Attributes(tag) {
        match name {
            "width" => width = pixels(value),
            "height" => height = pixels(value),
            "viewBox" => view = view_box(value),
            _ => {}
        }
    }
    let (wide, high) = match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        // One side is written: the other follows from the picture's proportions.
        (Some(width), None, Some((wide, high))) => (width, width * high / wide),
        (None, Some(height), Some((wide, high))) => (height * wide / high, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    Some((whole(wide)?, whole(high)?))
}

/// What stands between `<svg` and its `>`, if the file begins with such a tag.
fn outermost_tag(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')?..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->")?..];
        } else if rest.starts_with("<?") {
            rest = &rest[rest.find("?>")?..];
        } else if rest.starts_with("<!") {
            let (end, subset) = (rest.find('>')?, rest.find('[').unwrap_or(usize::MAX));
            let end = if subset < end { subset + rest[subset..].find("]")? } else { end };
            rest = &rest[end..];
        } else {
            let tag = rest.strip_prefix("<svg:svg").or_else(|| rest.strip_prefix("<svg"))?;
            return tag.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').then_some(tag);
        }
    }
}

/// The attributes of a tag, as written.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start();
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let (name, rest) = rest.split_at(end);
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, rest) = rest[1..].split_once(quote)?;
        self.0 = rest;
        Some((name, value))
    }
}

fn pixels(value: &str) -> Option<f64> {
    let value = value.trim();
    number(value.strip_suffix("px").unwrap_or(value))
}

fn view_box(value: &str) -> Option<(f64, f64)> {
    let mut parts = value.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|part| !part.is_empty());
    let size = (number(parts.nth(2)?)?, number(parts.next()?)?);
    parts.next().is_none().then_some(size)
}

fn number(value: &str) -> Option<f64> {
    value.trim_end().parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
fn whole(number: f64) -> Option<u32> {
    let rounded = number.round();
    (1.0..=1e6).contains(&rounded).then_some(rounded as u32)
}

#[cfg(test)]
mod tests {
    use super::dimensions;

    #[test]
    fn written_sizes_come_before_the_view_box() {
        for (svg, size) in [
            (r#"<svg width="24px" height='18.4'>"#, Some((24, 18))),
            (r#"<svg viewBox="0 0 300 150"/>"#, Some((300, 150))),
            (r#"<svg viewBox="0,0,300,150" width="100%" height="100%">"#, Some((300, 150))),
            (r#"<svg width="60" viewBox="0 0 300 150">"#, Some((60, 30))),
            (r#"<svg height="2em" viewBox="-5 -5 20 10">"#, Some((20, 10))),
            (r#"<svg:svg xmlns:svg="x" width = "3" height = "4">"#, Some((3, 4))),
            (r#"<svg stroke-width="9" width="3" height="4">"#, Some((3, 4))),
        ] {
            assert_eq!(dimensions(svg.as_bytes()), size, "{svg}");
        }
    }

    #[test]
    fn what_stands_before_the_tag_is_passed_over() {
        let svg = "<?xml version='1.0'?><!-- <svg width='1' height='1'> -->\n\
                   <!DOCTYPE svg [ <!ENTITY a '>'> ]>\n<svg\n width='5'\n height='6'>";
        assert_eq!(dimensions(svg.as_bytes()), Some((5, 6)));
    }

    #[test]
    fn nothing_is_guessed() {
        for svg in [
            "",
            "<svg",
            "<svg>",
            "<svgx width='1' height='2'>",
            "<html><svg width='1' height='2'>",
            "<svg width='-1' height='2'>",
            "<svg width='1e99' height='2'>",
            "<svg viewBox='0 0 0 0'>",
            "<svg viewBox='0 0 1'>",
            "<svg width='NaN' height='inf'>",
            "<svg width=3 height=4>",
        ] {
            assert_eq!(dimensions(svg.as_bytes()), None, "{svg}");
        }
    }
}
