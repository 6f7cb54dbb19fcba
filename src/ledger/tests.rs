use proptest::prelude::*;

use super::*;

fn address(text: &str) -> Address {
    Address::read(text).unwrap()
}

fn parsed(text: &str) -> Ledger {
    let (ledger, faults) = Ledger::parse(text);
    assert_eq!(faults, [], "{text}");
    ledger
}

fn here(text: &str) -> Followed<'static> {
    Followed::Here(address(text))
}

#[test]
fn a_ledger_is_written_as_it_was_read() {
    let text = "# Ours.\n/\n/100%25\n/docs/roles\n/docs/roles#developers\n/docs/roles#old -> /docs/roles#new\n\
                /docs/roles-of-all\n/docs/roles/a%20b\n/gone -> retired: \"See \\\"it\\\" at /docs, or C:\\\\\"\n\
                /old -> /docs/roles\n/out -> https://example.org/a#b\n/über#größe\n";
    assert_eq!(parsed(text).write(), text);
}

#[test]
fn what_programs_and_merges_do_to_the_file_changes_nothing() {
    let odd = "\u{feff}# Ours.\r\n\r\n/b/ -> /a\r\n/a\r\n/b\r\n/a\r\n  /a#x  \r\n/b->/a";
    assert_eq!(parsed(odd).write(), "# Ours.\n/a\n/a#x\n/b -> /a\n");
    let shortened_by_one_branch_only = "/a -> /b\n/a -> /c\n/b -> /c\n";
    parsed(shortened_by_one_branch_only);
}

#[test]
fn what_cannot_be_understood_is_told_at_its_line_and_the_rest_counts() {
    use LedgerFaultKind::{Conflict, Contradiction, Unreadable};
    let text = "/a -> /b\n<<<<<<< HEAD\n/a -> /c\n=======\nhttps://example.org/\n# late\n>>>>>>> other\n/d -> retired:\n\
                /e -> nowhere\n/f -> retired: why\n/../g\n";
    let (ledger, faults) = Ledger::parse(text);
    let told: Vec<(LedgerFaultKind, &str)> = faults.iter().map(|fault| (fault.kind, fault.span.of(text))).collect();
    let expected = [
        (Conflict, "<<<<<<< HEAD"),
        (Contradiction, "/a -> /c"),
        (Conflict, "======="),
        (Unreadable, "https://example.org/"),
        (Unreadable, "# late"),
        (Conflict, ">>>>>>> other"),
        (Unreadable, "/d -> retired:"),
        (Unreadable, "/e -> nowhere"),
        (Unreadable, "/../g"),
    ];
    assert_eq!(told, expected);
    assert!(!ledger.is_kept());
    assert_eq!(ledger.entries().map(|(address, _)| address.to_string()).collect::<Vec<_>>(), ["/a", "/f"]);
    assert_eq!(ledger.follow(&address("/f")), Followed::Retired("why"));
}

#[test]
fn a_page_that_moves_takes_its_fragments_along_unless_they_went_elsewhere() {
    let ledger = parsed("/old -> /new\n/old#a\n/old#b -> /other#b\n/new#c -> /new#d\n/out -> https://example.org/x\n");
    assert_eq!(ledger.follow(&address("/old")), here("/new"));
    assert_eq!(ledger.follow(&address("/old#a")), here("/new#a"));
    assert_eq!(ledger.follow(&address("/old#never-seen")), here("/new#never-seen"));
    assert_eq!(ledger.follow(&address("/old#b")), here("/other#b"));
    assert_eq!(ledger.follow(&address("/old#c")), here("/new#d"));
    assert_eq!(ledger.follow(&address("/out#y z")), Followed::Elsewhere("https://example.org/x#y%20z".into()));
}

#[test]
fn chains_are_shortened_when_something_moves() {
    let mut ledger = parsed("/a\n/x -> /a\n/x#s -> /a#t\n");
    ledger.record_move(&address("/a"), &address("/b"));
    assert_eq!(ledger.write().lines().skip(1).collect::<Vec<_>>(), ["/a -> /b", "/x -> /b", "/x#s -> /b#t"]);
    ledger.record_move(&address("/b"), &address("/a"));
    assert_eq!(ledger.write().lines().skip(1).collect::<Vec<_>>(), ["/b -> /a", "/x -> /a", "/x#s -> /a#t"]);
}

#[test]
fn a_fragment_that_went_from_the_middle_of_a_chain_is_found_from_its_beginning() {
    let mut ledger = parsed("/one -> /two\n/one#a\n/two\n/two#a -> /two#b\n/two#c -> /two#d\n");
    ledger.record_move(&address("/two"), &address("/three"));
    assert_eq!(ledger.follow(&address("/one#a")), here("/three#b"));
    // It was never there.
    assert_eq!(ledger.entry(&address("/one#c")), None);
    let mut moves_only = parsed("/one -> /two\n/two#a -> /two#b\n");
    moves_only.record_move(&address("/two"), &address("/three"));
    assert_eq!(moves_only.follow(&address("/one#a")), here("/three#b"));
}

#[test]
fn where_a_ledger_is_kept_nothing_that_was_published_leaves_it() {
    let mut ledger = parsed("/a\n/keep\n");
    ledger.record_move(&address("/a"), &address("/b"));
    ledger.record_move(&address("/b"), &address("/a"));
    assert_eq!(ledger.write().lines().skip(1).collect::<Vec<_>>(), ["/a", "/b -> /a", "/keep"]);
    ledger.record_retirement(address("/a"), "No longer\nneeded");
    assert_eq!(ledger.follow(&address("/b")), Followed::Retired("No longer needed"));
    assert!(ledger.record_published(address("/a")));
    assert!(!ledger.record_published(address("/a")));
    assert_eq!(ledger.follow(&address("/b")), here("/a"));
}

#[test]
fn a_circle_is_seen_and_left() {
    let mut ledger = parsed("/a -> /b\n/b -> /c\n/c -> /a\n/d -> /d\n");
    for page in ["/a", "/b", "/c", "/d"] {
        assert_eq!(ledger.follow(&address(page)), Followed::Circle);
    }
    let before = ledger.write();
    ledger.shorten();
    assert_eq!(ledger.write(), before);
}

#[test]
fn a_move_onto_itself_moves_nothing() {
    let mut ledger = parsed("/a\n");
    ledger.record_move(&address("/a"), &address("/a"));
    assert_eq!(ledger.entry(&address("/a")).unwrap().standing, Standing::Published);
}

fn any_address() -> impl Strategy<Value = Address> {
    let part = "[^/\\\\\\p{Cc}]{1,6}".prop_filter("names a folder", |part| part != "." && part != "..");
    let page = proptest::collection::vec(part, 0..4).prop_map(|parts| format!("/{}", parts.join("/")));
    let fragment = proptest::option::of("[^\\p{Cc}]{1,8}");
    (page, fragment).prop_map(|(page, fragment)| Address { page, fragment })
}

fn any_standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        Just(Standing::Published),
        any_address().prop_map(|to| Standing::Moved(Successor::Here(to))),
        "https://[a-z./#?%>-]{1,12}".prop_map(|to| Standing::Moved(Successor::Elsewhere(to))),
        "[^\\s\\p{Cc}]([^\\s\\p{Cc}]| ){0,12}".prop_map(|why| Standing::Retired(why.trim().to_owned())),
    ]
}

proptest! {
    #[test]
    fn what_can_be_written_is_what_comes_back(page in "[/a.?\\\\# \u{1}é]{0,6}", fragment in proptest::option::of("[a/?# \u{1}é\\\\]{0,3}")) {
        let address = Address { page, fragment };
        let comes_back = Address::read(&address.to_string()).as_ref() == Some(&address);
        prop_assert_eq!(address.can_be_written(), comes_back, "{:?}", address);
    }

    #[test]
    fn reading_what_was_written_gives_the_same(entries in proptest::collection::btree_map(any_address(), any_standing(), 0..12)) {
        let mut ledger = Ledger::default();
        for (address, standing) in &entries {
            ledger.resolve(address, standing.clone());
        }
        let (again, faults) = Ledger::parse(&ledger.write());
        prop_assert_eq!(faults, []);
        let read: Vec<(Address, Standing)> =
            again.entries().map(|(address, entry)| (address.clone(), entry.standing.clone())).collect();
        prop_assert_eq!(read, entries.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(again.write(), ledger.write());
    }

    #[test]
    fn any_text_is_read_and_what_came_of_it_is_written_as_it_is(text in "([/a#> -]|->|retired:|\"|\\\\|%2|<<<<<<<|\\PC|\r|\n){0,60}") {
        let (ledger, faults) = Ledger::parse(&text);
        for fault in &faults {
            prop_assert!(text.get(fault.span.start..fault.span.end).is_some());
        }
        for (address, _) in ledger.entries() {
            ledger.follow(address);
        }
        let (again, _) = Ledger::parse(&ledger.write());
        prop_assert_eq!(again.write(), ledger.write());
    }

    #[test]
    fn after_any_moves_what_led_somewhere_leads_to_where_it_is_now(moves in proptest::collection::vec((0..5u8, 0..5u8), 1..12)) {
        // One thing that goes from place to place, and leaves its way behind.
        let mut ledger = Ledger::default();
        let place = |at: u8| Address::page(format!("/{at}"));
        let (mut at, mut was_at) = (moves[0].0, vec![moves[0].0]);
        for (_, to) in moves {
            ledger.record_move(&place(at), &place(to));
            at = to;
            was_at.push(to);
            for &old in &was_at {
                prop_assert_eq!(ledger.follow(&place(old)), Followed::Here(place(at)));
            }
        }
        for (_, entry) in ledger.moves() {
            prop_assert_eq!(&entry.standing, &Standing::Moved(Successor::Here(place(at))));
        }
    }
}
