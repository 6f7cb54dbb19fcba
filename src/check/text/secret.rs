//! Keys, tokens and private keys of services, known by their shape, wherever they stand in a page: code is published,
//! too. What is an example for everyone to see is left alone, and nothing that is told repeats a secret.

use memchr::memmem;

use crate::check::context::{SiteContext, TextContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, SourcePath, Span};

/// What begins a secret, how many letters follow at least and at most, which of them, and whose it is.
struct SecretShape {
    start: &'static str,
    least: usize,
    most: usize,
    letters: fn(u8) -> bool,
    what: &'static str,
}

const SHAPES: [SecretShape; 21] = [
    shape("AKIA", 16, 16, is_capital, "an access key of Amazon Web Services"),
    shape("ASIA", 16, 16, is_capital, "an access key of Amazon Web Services"),
    shape("ghp_", 36, 36, is_alphanumeric, "a token of GitHub"),
    shape("gho_", 36, 36, is_alphanumeric, "a token of GitHub"),
    shape("ghu_", 36, 36, is_alphanumeric, "a token of GitHub"),
    shape("ghs_", 36, 36, is_alphanumeric, "a token of GitHub"),
    shape("ghr_", 36, 76, is_alphanumeric, "a token of GitHub"),
    shape("github_pat_", 60, 100, is_word, "a token of GitHub"),
    shape("glpat-", 20, 60, is_word, "a token of GitLab"),
    shape("xoxb-", 24, 200, is_word, "a token of Slack"),
    shape("xoxp-", 24, 200, is_word, "a token of Slack"),
    shape("sk_live_", 24, 120, is_alphanumeric, "a key of Stripe"),
    shape("rk_live_", 24, 120, is_alphanumeric, "a key of Stripe"),
    shape("AIza", 33, 38, is_word, "a key of Google"),
    shape("sk-proj-", 40, 250, is_word, "a key of OpenAI"),
    shape("sk-ant-", 40, 250, is_word, "a key of Anthropic"),
    shape("sk-", 48, 48, is_alphanumeric, "a key of OpenAI"),
    shape("npm_", 36, 36, is_alphanumeric, "a token of npm"),
    shape("pypi-AgEI", 50, 300, is_word, "a token of PyPI"),
    shape("hf_", 34, 34, is_alphanumeric, "a token of Hugging Face"),
    shape("shpat_", 32, 32, is_alphanumeric, "a token of Shopify"),
];

const fn shape(
    start: &'static str,
    least: usize,
    most: usize,
    letters: fn(u8) -> bool,
    what: &'static str,
) -> SecretShape {
    SecretShape { start, least, most, letters, what }
}

const NAMES_OF_SECRETS: [&str; 3] = ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "SecretAccessKey"];

const PRIVATE_KEY: &str = "-----BEGIN ";

/// How many letters of a private key there are at least: cut off, or up to a line that ends it. So many lines of it are
/// looked at.
const SHORTEST_KEY: usize = 100;
const SHORTEST_ENDED_KEY: usize = 16;
const LINES_OF_KEY: usize = 200;

/// What stands in examples.
const OF_EXAMPLES: [&str; 12] = [
    "example",
    "xxxx",
    "your",
    "fake",
    "dummy",
    "sample",
    "secret",
    "token",
    "placeholder",
    "redacted",
    "12345678",
    "abcdefgh",
];

fn is_capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let prose = &context.prose;
    tell(&context.page.path, prose.text, |wanted| prose.may_hold(wanted), findings);
}

/// Looks for them in the texts that are no pages, which are in the hands of everybody who has the project.
pub(super) fn check_others(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.others.is_none() {
        return;
    }
    let is_page = |source: &&Source| source.path.as_str().ends_with(".md") || source.path.as_str().ends_with(".mdx");
    let texts = context.sources.iter().filter(|source| !is_page(source)).chain(context.configuration);
    texts.for_each(|source| tell(&source.path, &source.text, |_| true, findings));
}

/// Tells what stands in a text, which `may_hold` knows something of.
fn tell(path: &SourcePath, text: &str, may_hold: impl Fn(&str) -> bool, findings: &mut Vec<Diagnostic>) {
    let mut told = |span: Span, message: String| {
        let finding = Diagnostic::new(Code::ExposedSecret, path, span, message);
        findings.push(finding.with_help(
            "Have the service withdraw it and make a new one, since whoever has seen it can use it; then remove it here.\n\
             For an example, write something like `<your key>`.",
        ));
    };
    for shape in SHAPES.iter().filter(|shape| may_hold(shape.start)) {
        for span in secrets(text, shape) {
            let shown = &span.of(text)[..shape.start.len() + 4];
            told(span, format!("`{shown}…` looks like {}", shape.what));
        }
    }
    for span in NAMES_OF_SECRETS.iter().any(|name| may_hold(name)).then(|| named_secrets(text)).into_iter().flatten() {
        told(span, format!("`{}…` looks like a secret key of Amazon Web Services", &text[span.start..span.start + 4]));
    }
    for span in may_hold(PRIVATE_KEY).then(|| private_keys(text)).into_iter().flatten() {
        told(span, "a private key begins with this line".into());
    }
}

/// Where secrets of one shape stand.
fn secrets<'t>(text: &'t str, shape: &'t SecretShape) -> impl Iterator<Item = Span> + 't {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, shape.start).filter_map(move |start| {
        let body = start + shape.start.len();
        let length = bytes[body..].iter().take(shape.most + 1).take_while(|byte| (shape.letters)(**byte)).count();
        let alone = start == 0 || !is_word(bytes[start - 1]);
        let span = Span::new(start, body + length);
        let ends = bytes.get(span.end).is_none_or(|byte| !is_word(*byte));
        let fits = (shape.least..=shape.most).contains(&length) && alone && ends;
        (fits && !is_example(&text[body..span.end])).then_some(span)
    })
}

/// What stands beside the name of a secret that has no shape of its own.
fn named_secrets(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for name in NAMES_OF_SECRETS {
        for at in memmem::find_iter(text.as_bytes(), name) {
            let after = &text[at + name.len()..];
            let value = after.trim_start_matches([' ', '=', ':', '"', '\'']);
            let length = value.bytes().take_while(|byte| is_base64(*byte)).count();
            let start = at + name.len() + after.len() - value.len();
            let span = Span::new(start, start + length);
            if length == 40 && value.len() < after.len() && !is_example(span.of(text)) {
                found.push(span);
            }
        }
    }
    found
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Whether a text is no row of the same few letters.
fn has_many_letters(text: &str) -> bool {
    let mut seen = [false; 128];
    text.bytes().for_each(|byte| seen[usize::from(byte & 127)] = true);
    seen.iter().filter(|seen| **seen).count() >= 10
}

/// Whether nobody could take it for a secret: words, rows of letters, few letters again and again.
fn is_example(body: &str) -> bool {
    let small = body.to_ascii_lowercase();
    let bytes = small.as_bytes();
    let rows = bytes.windows(5).any(|row| row.iter().all(|byte| *byte == row[0]));
    let has_digit = bytes.iter().any(u8::is_ascii_digit);
    !has_many_letters(&small) || rows || !has_digit || OF_EXAMPLES.iter().any(|word| small.contains(word))
}

/// The first lines of private keys that are there as a whole.
fn private_keys(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), PRIVATE_KEY) {
        let mut lines = text[start..].lines();
        let first = lines.next().unwrap_or_default();
        let name = first[PRIVATE_KEY.len()..].trim_end().strip_suffix("-----");
        if !name
            .is_some_and(|name| name.len() < 40 && (name.ends_with("PRIVATE KEY") || name == "PGP PRIVATE KEY BLOCK"))
        {
            continue;
        }
        let mut letters = String::new();
        let mut is_ended = false;
        for line in
            lines.take(LINES_OF_KEY).map(|line| line.trim_start_matches([' ', '\t', '>', '*', '#', '/']).trim_end())
        {
            // Keys that a password protects say so first.
            if letters.is_empty()
                && (line.is_empty() || line.starts_with("Proc-Type:") || line.starts_with("DEK-Info:"))
            {
                continue;
            }
            if !line.bytes().all(is_base64) {
                is_ended = line.starts_with("-----END ");
                break;
            }
            letters.push_str(line);
        }
        let least = if is_ended { SHORTEST_ENDED_KEY } else { SHORTEST_KEY };
        if letters.len() >= least && has_many_letters(&letters) {
            found.push(Span::new(start, start + first.trim_end().len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        SHAPES.iter().flat_map(|shape| secrets(text, shape).map(|span| span.of(text)).collect::<Vec<_>>()).collect()
    }

    /// Letters that nobody would write, made here so that no tool takes this file for a leak.
    fn random(length: usize) -> String {
        let letters = b"q7Rk2Vn9Xw4Tz8Lm3Yp6Hd5Gs1Jc0Fb";
        (0..length).map(|at| char::from(letters[(at * 7 + at / 31) % letters.len()])).collect()
    }

    #[test]
    fn secrets_are_known_by_their_shape() {
        for (start, length) in [("ghp_", 36), ("sk_live_", 24), ("AIza", 35), ("npm_", 36), ("sk-proj-", 60)] {
            let secret = format!("{start}{}", random(length));
            for text in [secret.clone(), format!("key: \"{secret}\"\n"), format!("`{secret}`, and")] {
                assert_eq!(found(&text), [&secret], "{text}");
            }
            let grows = ["sk-proj-", "sk_live_"].contains(&start);
            assert_eq!(found(&format!("{secret}more")).len(), usize::from(grows), "{start}");
        }
        let key = format!("AKIA{}", random(16).to_uppercase());
        assert_eq!(found(&key), [&key]);
        let private = format!("-----BEGIN RSA {}\n{}\n{}\n", "PRIVATE KEY-----", random(64), random(64));
        assert_eq!(private_keys(&private).len(), 1);
        let short = format!("-----BEGIN {0}\n{1}\n-----END {0}\n", "PRIVATE KEY-----", random(24));
        assert_eq!(private_keys(&short).len(), 1);
        let rows = short.replace('\n', "\nAAAAAAAA");
        assert_eq!(private_keys(&rows.replace("AAAAAAAA-----END", "-----END")).len(), 1);
        let named = format!("aws_secret_access_key = {}/{}\n", random(20), &random(39)[20..]);
        assert_eq!(named_secrets(&named).len(), 1, "{named}");
        assert_eq!(named_secrets(&named.replacen(&random(10), "EXAMPLEKEY", 1)), []);
        assert_eq!(private_keys(&short.replace("\n-----END", "\n...\n-----END")), []);
    }

    #[test]
    fn examples_are_no_secrets() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE".to_owned(),
            format!("ghp_{}", "x".repeat(36)),
            "ghp_abcdefghijklmnopqrstuvwxyz0123456789".into(),
            "sk_live_YOUR_KEY_HERE_AND_NOTHING_ELSE".into(),
            "risk-assessments-and-many-other-things-that-follow-from-it".into(),
            "npm_config_registry_of_the_company_server".into(),
            format!("sk-{}", "a1".repeat(24)),
        ] {
            assert_eq!(found(&text), [""; 0], "{text}");
        }
        let short = format!("-----BEGIN {}\n...\n-----END PRIVATE KEY-----\n", "PRIVATE KEY-----");
        assert_eq!(private_keys(&short), []);
    }
}
