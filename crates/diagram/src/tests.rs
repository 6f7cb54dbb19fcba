//! Diagrams of all kinds are drawn, hostile ones end soon and do nothing, and what can't be drawn is told with its line.

use super::*;

const DRAWN: &str = include_str!("drawn_diagrams.txt");

/// The diagrams, each with what it is called.
fn diagrams() -> impl Iterator<Item = (&'static str, &'static str)> {
    DRAWN.split("=== ").skip(1).filter_map(|part| part.split_once('\n'))
}

fn drawn(text: &str) -> String {
    draw(text).unwrap_or_else(|fault| panic!("{text}\n{fault:?}"))
}

/// What a picture says, text by text.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text ")
        .skip(1)
        .filter_map(|rest| rest.split_once('>')?.1.split_once("</text>"))
        .map(|(text, _)| text)
        .collect()
}

fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
    let sign = format!(" {attribute}=\"");
    svg.split(&sign).skip(1).filter_map(|rest| rest.split_once('"')?.0.parse().ok()).collect()
}

#[test]
fn diagrams_of_all_kinds_are_drawn() {
    assert!(diagrams().count() >= 40);
    for (name, text) in diagrams() {
        let svg = drawn(text);
        let kind = name.split(' ').next().unwrap_or_default();
        assert!(svg.starts_with("<svg class=\"diagram "), "{name}");
        assert!(
            svg.contains("role=\"img\"") && svg.contains("<title>") && !svg.contains("<title></title>"),
            "{name}: {svg}"
        );
        for bad in [" style=", "<style", " id=", "NaN", "inf", "<script", " fill=", "href"] {
            assert!(!svg.contains(bad), "{name}: {bad}");
        }
        assert!(!texts(&svg).is_empty(), "{name}");
        assert!(["flowchart", "sequence", "class", "state", "pie", "gantt"].contains(&kind), "{name}");
        // All of it lies within the picture.
        let (width, height) = (numbers(&svg, "width")[0], numbers(&svg, "height")[0]);
        for (attribute, most) in [("x", width), ("y", height), ("cx", width), ("cy", height)] {
            for at in numbers(&svg, attribute) {
                assert!((-8.5..=most).contains(&at), "{name}: {attribute} {at} of {most}");
            }
        }
    }
}

#[test]
fn a_class_is_closed_wherever_its_brace_stands() {
    for written in
        ["class A { +x\n+y() }", "class A {\n+x\n+y()\n}", "class A { +x; +y() }", "class A {+x\n +y(){static}\n }"]
    {
        let svg = drawn(&format!("classDiagram\n{written}\nA --> B\n"));
        assert!(svg.contains("+x<") && svg.contains("+y()") && svg.contains(">B<"), "{written}: {svg}");
    }
}

#[test]
fn a_diagram_says_what_its_source_says() {
    let svg = drawn("flowchart TD\nA[Start] -->|go on| B{Done?}\n");
    assert_eq!(texts(&svg), ["Start", "Done?", "go on"]);
    assert!(svg.contains("<title>Start → Done? (go on)</title>"), "{svg}");
    assert_eq!(svg.matches("<polygon class=\"head\"").count(), 1);
    let svg = drawn("sequenceDiagram\nA->>B: Hello\nB--xA: No\n");
    assert_eq!(texts(&svg), ["A", "A", "B", "B", "Hello", "No"]);
    let svg = drawn("flowchart TD\naccTitle: T\naccDescr: D\nA-->B");
    assert!(svg.contains("<title>T</title><desc>D</desc>"), "{svg}");
    let svg = drawn("classDiagram\nA \"0..*\" --> \"1\" B : has\n");
    assert_eq!(texts(&svg), ["0..*", "1", "A", "B", "has"]);
    let svg = drawn("pie\n\"a\" : 3\n\"b\" : 1\n");
    assert!(texts(&svg).contains(&"75 %"), "{svg}");
}

#[test]
fn ranks_follow_each_other_in_the_direction_that_is_asked_for() {
    for (direction, attribute, rises) in [("TD", "y", true), ("BT", "y", false), ("LR", "x", true), ("RL", "x", false)]
    {
        let svg = drawn(&format!("flowchart {direction}\nA --> B --> C\n"));
        let at = numbers(&svg, attribute);
        assert_eq!(at[0] < at[1] && at[1] < at[2], rises, "{direction}: {at:?}");
    }
}

#[test]
fn boxes_do_not_lie_on_each_other() {
    for (name, text) in diagrams().filter(|(name, _)| !name.starts_with("pie") && !name.starts_with("gantt")) {
        let svg = drawn(text);
        let rects: Vec<Vec<f64>> = svg
            .split("<rect class=\"node\"")
            .skip(1)
            .map(|rest| ["x", "y", "width", "height"].iter().map(|of| numbers(rest, of)[0]).collect())
            .collect();
        for (number, a) in rects.iter().enumerate() {
            for b in &rects[number + 1..] {
                let apart = a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1];
                assert!(apart, "{name}: {a:?} {b:?}");
            }
        }
    }
}

/// The left and right sides of rectangles of a class.
fn sides(svg: &str, class: &str) -> Vec<(f64, f64)> {
    let sign = format!("<rect class=\"{class}\"");
    svg.split(&sign)
        .skip(1)
        .map(|rest| (numbers(rest, "x")[0], numbers(rest, "x")[0] + numbers(rest, "width")[0]))
        .collect()
}

#[test]
fn frames_are_around_what_stands_in_them_and_their_own_words() {
    let told = "long things that it tells itself";
    let svg = drawn(&format!("sequenceDiagram\nA->>B: x\nB->>C: y\nloop {told}\nC->>C: {told}\nend\n"));
    let (left, right) = sides(&svg, "frame")[0];
    let lines = numbers(&svg[svg.find("class=\"node\"").unwrap()..], "x");
    let whole = numbers(&svg, "width")[0];
    assert!(left > lines[0] + 40.0, "not around those who have no part in it: {left} {lines:?}");
    assert!(right - left > letters::width(told) + 60.0 && right <= whole, "{left} {right} {whole}");
    let nested = drawn("sequenceDiagram\nloop a\nloop b\nloop c\nloop d\nA->>B: x\nend\nend\nend\nend\n");
    let frames = sides(&nested, "frame");
    assert!(frames.windows(2).all(|pair| pair[1].0 < pair[0].0 && pair[1].1 > pair[0].1), "{frames:?}");
    assert!(frames.iter().all(|(left, _)| *left >= -8.0), "{frames:?}");
}

#[test]
fn who_is_active_is_so_from_message_to_message() {
    let svg = drawn("sequenceDiagram\nA->>+B: x\nB-->>-A: y\n");
    let bar = &svg[svg.find("class=\"active\"").unwrap()..];
    let (top, bottom) = (numbers(bar, "y")[0], numbers(bar, "y")[0] + numbers(bar, "height")[0]);
    let arrows: Vec<f64> = svg
        .split("<path class=\"edge")
        .skip(1)
        .filter_map(|rest| rest.split_once(" d=\"M")?.1.split([' ', 'L']).nth(1)?.parse().ok())
        .collect();
    assert!((arrows[0] - top).abs() < 1.0 && (arrows[1] - bottom).abs() < 1.0, "{arrows:?} {top} {bottom}");
}

#[test]
fn sequences_number_box_and_colour_as_they_are_told() {
    let svg = drawn(
        "sequenceDiagram\nbox lightblue Inside\nparticipant A\nend\nbox rgb(1, 2, 3)\nparticipant B\nend\nautonumber 10 5\nA->>B: x\nrect #eee\nB->>A: y\nend\n",
    );
    assert!(svg.contains(">10. x<") && svg.contains(">15. y<"), "{svg}");
    assert!(texts(&svg).contains(&"Inside") && !svg.contains("lightblue") && !svg.contains("rgb"), "{svg}");
    assert_eq!(sides(&svg, "group").len(), 2);
    assert_eq!(sides(&svg, "region").len(), 1);
}

#[test]
fn lines_that_join_the_same_boxes_lie_beside_each_other() {
    for text in ["stateDiagram-v2\nA --> B\nB --> A\n", "flowchart LR\nA --> B\nA --> B\nB --> A\n"] {
        let svg = drawn(text);
        let ways: Vec<&str> =
            svg.split("<path class=\"edge\" d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (number, way) in ways.iter().enumerate() {
            let back = way.strip_prefix('M').and_then(|way| way.split_once('L')).map(|(a, b)| format!("M{b}L{a}"));
            assert!(
                !ways[..number].contains(way) && !ways[..number].iter().any(|other| Some(*other) == back.as_deref()),
                "{ways:?}"
            );
        }
    }
}

#[test]
fn lines_leave_a_box_at_places_of_their_own() {
    let svg = drawn("classDiagram\ndirection LR\nOrder *-- Line\nOrder o-- Note\nOrder --> Price\n");
    let starts: Vec<&str> = svg
        .split("<path class=\"edge\" d=\"M")
        .skip(1)
        .filter_map(|rest| rest.split(['L', 'C']).next())
        .take(3)
        .collect();
    assert!(starts[0] != starts[1] && starts[1] != starts[2] && starts[0] != starts[2], "{starts:?}");
}

#[test]
fn a_group_that_lines_lead_to_takes_no_room_for_its_name() {
    let height = |text: &str| numbers(&drawn(text)[..], "height")[1];
    let alone = height("flowchart LR\nsubgraph s1\nA\nend\nsubgraph s2\nB\nend\n");
    assert_eq!(height("flowchart LR\nsubgraph s1\nA\nend\nsubgraph s2\nB\nend\ns1 --> s2\n"), alone);
}

#[test]
fn a_title_stands_above_what_is_drawn() {
    for kind in [
        "flowchart TD\nA --> B\n",
        "stateDiagram-v2\nA --> B\n",
        "classDiagram\nA --> B\n",
        "sequenceDiagram\nA->>B: x\n",
    ] {
        let svg = drawn(&format!("---\ntitle: Its title\n---\n{kind}"));
        let before =
            svg.split_once(">Its title</text>").and_then(|(before, _)| before.rsplit_once("<text ")).map(|(_, at)| at);
        assert!(before.is_some_and(|title| numbers(title, "y")[0] < 25.0), "{svg}");
    }
}

#[test]
fn members_of_a_class_are_shown_as_they_are_meant() {
    let svg = drawn(
        "classDiagram\nclass A {\n+area(in)* float\n+make()$ A\n+find(id) Map~K, V~\n+size: int\n+end() : bool\n}\nA --> B\n",
    );
    for shown in [
        "<text class=\"member abstract\"",
        ">+area(in) : float<",
        ">+make() : A<",
        ">+find(id) : Map&lt;K, V&gt;<",
        ">+size: int<",
        ">+end() : bool<",
    ] {
        assert!(svg.contains(shown), "{shown}: {svg}");
    }
    assert!(svg.contains("<text class=\"member static\"") && !svg.contains("<polygon class=\"head\""), "{svg}");
}

#[test]
fn plans_leave_out_the_days_that_they_exclude() {
    let told = |text: &str| drawn(&format!("gantt\ndateFormat YYYY-MM-DD\n{text}"));
    // A Monday; Thursday is a holiday, and what comes after waits for the next Monday.
    let svg = told("excludes weekends, 2026-05-14\nA :a, 2026-05-11, 4d\nB :after a, 2d\n");
    assert!(svg.contains("A: 2026-05-11 – 2026-05-18; B: 2026-05-18 – 2026-05-20"), "{svg}");
    assert!(told("excludes weekends\nincludes 2026-05-16\nA :2026-05-15, 2d\n").contains("2026-05-15 – 2026-05-18"));
    assert!(told("weekend friday\nexcludes weekends\nA :2026-05-14, 2d\n").contains("2026-05-14 – 2026-05-18"));
    // A day that is written out is the day.
    assert!(told("excludes weekends\nA :2026-05-11, 2026-05-17\n").contains("2026-05-11 – 2026-05-17"));
    let never = "monday, tuesday, wednesday, thursday, friday, saturday, sunday";
    assert!(draw(&format!("gantt\nexcludes {never}\nA :2026-05-11, 4d\n")).is_err());
}

#[test]
fn days_below_a_plan_are_written_as_it_says() {
    let svg = drawn("gantt\naxisFormat %a %-d %b %H:%M 100%% %q\ntickInterval 1week\nA :2026-05-04, 21d\n");
    assert!(texts(&svg).contains(&"Mon 4 May 00:00 100% %q"), "{svg}");
    let ticks = |svg: &str| svg.matches("<text class=\"tick\"").count();
    assert_eq!(ticks(&drawn("gantt\ntickInterval 1week\naxisFormat %d\nA :2026-05-04, 21d\n")), 4);
    // Names that would lie on each other are left out.
    assert!(ticks(&drawn("gantt\ntickInterval 1day\nA :2026-05-04, 21d\n")) < 9);
}

#[test]
fn neighbouring_slices_have_colours_of_their_own() {
    let slices: String = (0..9).map(|n| format!("\"s{n}\" : 1\n")).collect();
    let svg = drawn(&format!("pie\n{slices}"));
    let of: Vec<&str> = svg.split("<path class=\"slice ").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!((0..9).all(|at| of[at] != of[(at + 1) % 9]), "{of:?}");
}

#[test]
fn what_cannot_be_drawn_is_told_with_its_line() {
    for (text, line, message) in [
        ("", 0, "nothing stands in it"),
        ("mindmap\n  root", 0, "`mindmap` is no kind of diagram that is drawn here"),
        ("flowchart TD\n A --> \n", 1, "a box's name is missing"),
        ("flowchart TD\n A[x --> B\n", 1, "the brackets behind `A`"),
        ("flowchart TD\n subgraph a\n B\n", 2, "a `subgraph` is never closed"),
        ("flowchart TD\n A\n end\n", 2, "`end` closes no `subgraph`"),
        ("flowchart TD\n A ?? B\n", 1, "is neither a box nor a line"),
        ("sequenceDiagram\n A->>B: x\n loop y\n", 2, "a frame"),
        ("sequenceDiagram\n hello world\n", 1, "`hello world` is no message"),
        ("classDiagram\n class A {\n", 1, "`{` is never closed"),
        ("stateDiagram-v2\n a b --> c\n", 1, "a transition is written"),
        ("pie\n \"a\" : many\n", 1, "a slice is written"),
        ("pie\n \"a\" : -1\n", 1, "a slice is written"),
        ("gantt\n A :soon, 5d\n", 1, "`soon` is no day"),
        ("gantt\n A :after b, 5d\n", 1, "no task above is called `b`"),
    ] {
        let fault = draw(text).expect_err(text);
        assert_eq!(fault.line, line, "{text}: {fault:?}");
        assert!(fault.message.contains(message), "{text}: {fault:?}");
    }
}

#[test]
fn nothing_that_is_written_becomes_markup() {
    let hostile = [
        "<script>alert(1)</script>",
        "\\\"><img src=x onerror=alert(1)>",
        "</text></svg><b onclick=x>",
        "]]>&lt;a&gt;",
    ];
    for label in hostile {
        for text in [
            format!("flowchart TD\nA[\"{label}\"] -->|{label}| B\n"),
            format!("flowchart TD\nsubgraph {label}\nA\nend\n"),
            format!("sequenceDiagram\nparticipant A as {label}\nA->>B: {label}\nNote over A: {label}\n"),
            format!("classDiagram\nclass A[\"{label}\"]\nA : {label}\n"),
            format!("stateDiagram-v2\nA --> B : {label}\nA : {label}\n"),
            format!("pie title {label}\n\"{label}\" : 1\n"),
            format!("gantt\ntitle {label}\nsection {label}\n{label} :2026-01-01, 5d\n"),
            format!("flowchart TD\naccTitle: {label}\naccDescr: {label}\nA\n"),
        ] {
            let Ok(svg) = draw(&text) else { continue };
            let names = svg
                .split('<')
                .skip(1)
                .map(|rest| rest.split([' ', '>', '/']).find(|part| !part.is_empty()).unwrap_or_default());
            for name in names {
                let known = ["svg", "title", "desc", "rect", "circle", "polygon", "path", "text"];
                assert!(known.contains(&name), "{text}: <{name}>");
            }
            assert!(!svg.contains(" onerror=\"") && !svg.contains("\" on"), "{svg}");
        }
    }
}

#[test]
fn hostile_diagrams_end_soon() {
    let chain = (0..1_900).map(|n| format!("n{n} --> n{}\n", n + 1)).collect::<String>();
    assert!(draw(&format!("flowchart TD\n{chain}")).is_err());
    let star = (0..450).map(|n| format!("a --> n{n} --> b\n")).collect::<String>();
    assert!(draw(&format!("flowchart TD\n{star}")).is_err());
    let most = (0..240).map(|n| format!("n{n} --> m{}\nm{n} --> n{}\n", n * 7 % 240, n * 11 % 240)).collect::<String>();
    assert!(draw(&format!("flowchart TD\n{most}")).is_ok());
    let many = (0..70).map(|n| format!("n{n} & ")).collect::<String>();
    assert!(draw(&format!("flowchart TD\n{many}x --> {many}y\n")).is_err());
    let deep = "subgraph a\n".repeat(900) + &"end\n".repeat(900);
    assert!(draw(&format!("flowchart TD\n{deep}")).is_err());
    assert!(draw(&format!("flowchart TD\nA[{}]\n", "x".repeat(100_000))).is_ok());
    assert!(draw(&format!("flowchart TD\nA[{}\n", "[".repeat(100_000))).is_err());
    assert!(draw(&format!("flowchart TD\nA {}> B\n", "-".repeat(100_000))).is_ok());
    assert!(draw(&"\n".repeat(10_000)).is_err());
    let frames = "loop x\n".repeat(900) + &"end\n".repeat(900);
    assert!(draw(&format!("sequenceDiagram\nA->>B: x\n{frames}")).is_err());
    assert!(draw("gantt\ndateFormat YYYY-MM-DD\nA :0001-01-01, 9999999999d\n").is_err());
    assert!(draw("gantt\ndateFormat YYYY-MM-DD\nA :9999-12-31, 1d\n").is_ok());
}
