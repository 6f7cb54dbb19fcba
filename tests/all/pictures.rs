//! Large pictures are published in smaller sizes, once: what pages name is there, is what the preview
//! serves, and is kept for the next build; what can't be made smaller is left as it is. And pages without a
//! picture get a card.

use std::fs;
use std::path::Path;

use crate::program::{Ran, bokworm, files, folder, read};
use crate::served::Served;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, RgbImage};

/// A picture that is neither flat nor noise: a photograph, as far as encoders can tell.
fn photograph(width: u32, height: u32) -> DynamicImage {
    let mut seed = 1u32;
    RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (seed >> 29) as u8;
        let wave = ((x as f32 / 9.0).sin() * (y as f32 / 13.0).cos() * 90.0 + 120.0) as u8;
        image::Rgb([wave.saturating_add(noise), (x * 255 / width) as u8, (y * 255 / height) as u8])
    })
    .into()
}

fn jpeg(picture: &DynamicImage, exif: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif.to_vec()).unwrap();
    }
    encoder.encode_image(picture).unwrap();
    bytes
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(picture.as_bytes(), picture.width(), picture.height(), picture.color().into()).unwrap();
    bytes
}

/// A project whose first page is this text.
fn project(text: &str, pictures: &[(&str, &[u8])]) -> tempfile::TempDir {
    let site = folder(&[("book.toml", ""), ("content/index.md", text)]);
    for (path, bytes) in pictures {
        let file = site.path().join("static").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    site
}

fn build(site: &Path, more: &[&str]) -> Ran {
    let ran = bokworm(site, &[&["build"], more].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

fn smaller(site: &Path) -> Vec<String> {
    let images = site.join("public/assets/images");
    if images.is_dir() { files(&images) } else { Vec::new() }
}

fn widths(site: &Path) -> Vec<u32> {
    let images = site.join("public/assets/images");
    let width = |name: &String| {
        let picture = image::load_from_memory(&fs::read(images.join(name)).unwrap()).unwrap();
        assert!(name.contains(&format!("-{}w.", picture.width())), "{name} is {} wide", picture.width());
        picture.width()
    };
    let mut widths: Vec<u32> = smaller(site).iter().map(width).collect();
    widths.sort_unstable();
    widths
}

#[test]
fn a_page_names_the_sizes_and_each_is_there_and_smaller() {
    let photo = jpeg(&photograph(1000, 700), None);
    let site =
        project("![Wide](/img/a.jpg)\n\n<img src=\"/img/a.jpg\" alt=\"\" width=\"300\">", &[("img/a.jpg", &photo)]);
    build(site.path(), &[]);
    assert_eq!(widths(site.path()), [200, 400, 800, 1000]);
    for name in smaller(site.path()) {
        let len = fs::metadata(site.path().join("public/assets/images").join(&name)).unwrap().len();
        assert!(len < photo.len() as u64, "{name}");
    }
    let page = read(site.path(), "public/index.html");
    for name in smaller(site.path()) {
        let width = name.split('-').nth(1).unwrap().split('.').next().unwrap();
        assert!(page.contains(&format!("assets/images/{name} {width}")), "{name}");
    }
    assert!(
        page.contains(
            "<img src=\"img/a.jpg\" alt=\"Wide\" width=\"1000\" height=\"700\" srcset=\"assets/images/a-200w."
        )
    );
    assert!(
        page.contains("sizes=\"(min-width: 46rem) 44rem, calc(100vw - 2rem)\" data-large>"),
        "the first is loaded at once"
    );
    assert!(page.contains("sizes=\"300px\" loading=\"lazy\" decoding=\"async\">"));
    assert_eq!(fs::read(site.path().join("public/img/a.jpg")).unwrap(), photo, "the original is as it was");
}

#[test]
fn what_is_made_once_is_kept_and_losing_it_loses_only_time() {
    let photo = jpeg(&photograph(900, 600), None);
    let site = project("![x](/a.jpg)", &[("a.jpg", &photo)]);
    build(site.path(), &[]);
    let (first, cache) = (smaller(site.path()), site.path().join(".bokworm/cache/pictures"));
    assert_eq!(files(&cache).len(), 3);
    let bytes = |name: &String| fs::read(site.path().join("public/assets/images").join(name)).unwrap();
    let before: Vec<Vec<u8>> = first.iter().map(bytes).collect();
    let again = build(site.path(), &[]);
    assert!(again.stdout.contains("(0 written"), "{}", again.stdout);
    // An entry that is cut off, one that is gone, one that is something else.
    let entries = files(&cache);
    fs::write(cache.join(&entries[0]), b"short").unwrap();
    fs::remove_file(cache.join(&entries[1])).unwrap();
    fs::write(cache.join(&entries[2]), vec![0; 5000]).unwrap();
    let again = build(site.path(), &[]);
    assert!(again.stdout.contains("(0 written"), "{}", again.stdout);
    assert_eq!(before, first.iter().map(bytes).collect::<Vec<_>>());
    fs::remove_dir_all(site.path().join(".bokworm")).unwrap();
    fs::write(site.path().join(".bokworm"), b"no folder").unwrap();
    let again = build(site.path(), &[]);
    assert!(again.stdout.contains("(0 written"), "{}", again.stdout);
}

#[test]
fn the_names_follow_the_bytes_not_the_times() {
    let (one, other) = (jpeg(&photograph(900, 600), None), jpeg(&photograph(900, 601), None));
    let site = project("![x](/a.jpg)", &[("a.jpg", &one)]);
    build(site.path(), &[]);
    let first = smaller(site.path());
    fs::write(site.path().join("static/a.jpg"), &one).unwrap();
    build(site.path(), &[]);
    assert_eq!(smaller(site.path()), first);
    fs::write(site.path().join("static/a.jpg"), &other).unwrap();
    build(site.path(), &[]);
    assert!(smaller(site.path()).iter().all(|name| !first.contains(name)));
}

#[test]
fn a_photograph_is_turned_as_the_camera_was_held() {
    // Orientation 6: the camera lay on its side.
    let exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut picture = photograph(900, 600).into_rgb8();
    for (x, y) in (0..100).flat_map(|x| (0..100).map(move |y| (x, y))) {
        picture.put_pixel(x, y, image::Rgb([255, 0, 0]));
    }
    let site = project("![x](/a.jpg)", &[("a.jpg", &jpeg(&picture.into(), Some(exif)))]);
    build(site.path(), &[]);
    assert!(read(site.path(), "public/index.html").contains("width=\"600\" height=\"900\""));
    assert_eq!(widths(site.path()), [200, 400, 600]);
    let name = smaller(site.path()).into_iter().find(|name| name.contains("-600w.")).unwrap();
    let shown = image::open(site.path().join("public/assets/images").join(name)).unwrap().into_rgb8();
    // What was at the top left is at the top right.
    let (left, right) = (shown.get_pixel(40, 40), shown.get_pixel(560, 40));
    assert!(right[0] > 200 && right[1] < 60 && left[0] < 200, "{left:?} {right:?}");
}

#[test]
fn what_can_be_seen_through_stays_so() {
    let mut picture = photograph(900, 600).into_rgba8();
    picture.pixels_mut().take(900 * 300).for_each(|pixel| pixel[3] = 0);
    let site = project("![x](/a.png)", &[("a.png", &png(&picture.into()))]);
    build(site.path(), &[]);
    let name = smaller(site.path()).into_iter().find(|name| name.contains("-400w.")).unwrap();
    let small = image::open(site.path().join("public/assets/images").join(name)).unwrap().into_rgba8();
    assert_eq!((small.get_pixel(200, 50)[3], small.get_pixel(200, 250)[3]), (0, 255));
}

#[test]
fn small_moving_drawn_and_unused_pictures_are_left_alone() {
    let flat: DynamicImage = RgbImage::from_pixel(600, 400, image::Rgb([1, 2, 3])).into();
    let photo = jpeg(&photograph(900, 600), None);
    let moving = {
        let mut bytes = png(&photograph(900, 600));
        // What announces that the picture moves stands before its pixels.
        bytes.splice(33..33, *b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0");
        bytes
    };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"600\"><!--{}--></svg>",
        "x".repeat(50_000)
    );
    let site = project(
        "![x](/flat.png) ![x](/icon.jpg) ![x](/moving.png) ![x](/drawn.svg)",
        &[
            ("flat.png", &png(&flat)),
            ("icon.jpg", &jpeg(&photograph(60, 60), None)),
            ("moving.png", &moving),
            ("drawn.svg", svg.as_bytes()),
            ("unused.jpg", &photo),
        ],
    );
    build(site.path(), &[]);
    assert_eq!(smaller(site.path()), [""; 0]);
    assert!(!read(site.path(), "public/index.html").contains("srcset"));
}

/// The finding `DamagedPicture`.
#[test]
fn a_damaged_picture_is_told_of_and_published_as_it_is() {
    let mut broken = png(&photograph(900, 600));
    broken.truncate(60_000);
    // Says that it is larger than any memory.
    let mut huge = png(&photograph(300, 200));
    huge[16..24].copy_from_slice(&[0, 0, 0x1f, 0xff, 0, 0, 0x1f, 0xff]);
    let site = project("![x](/broken.png) ![x](/huge.png)", &[("broken.png", &broken), ("huge.png", &huge)]);
    for _ in 0..2 {
        let ran = build(site.path(), &[]);
        assert_eq!(ran.stderr.matches("the picture `broken.png` is damaged").count(), 1, "{}", ran.stderr);
        for name in smaller(site.path()).iter().filter(|name| name.starts_with("broken")) {
            assert_eq!(fs::read(site.path().join("public/assets/images").join(name)).unwrap(), broken);
        }
    }
}

#[test]
fn nothing_is_resized_where_nobody_wants_it_or_nothing_is_kept() {
    let photo = jpeg(&photograph(900, 600), None);
    let site = project("![x](/a.jpg)", &[("a.jpg", &photo)]);
    fs::write(site.path().join("book.toml"), "[images]\nresize = false\n").unwrap();
    build(site.path(), &[]);
    assert_eq!(smaller(site.path()), [""; 0]);
    fs::write(site.path().join("book.toml"), "[images]\nwidths = [320]\nquality = 40\n").unwrap();
    build(site.path(), &[]);
    assert_eq!(widths(site.path()), [320]);
    fs::remove_file(site.path().join("book.toml")).unwrap();
    build(site.path(), &[]);
    assert_eq!(smaller(site.path()), [""; 0]);
    build(site.path(), &["--cache", "kept"]);
    assert_eq!(smaller(site.path()), [""; 0], "a folder that is only tried");
}

#[test]
fn what_is_served_is_what_is_published() {
    let photo = jpeg(&photograph(900, 600), None);
    let beside = jpeg(&photograph(700, 500), None);
    let site =
        project("![x](/a.jpg) ![y](b.jpg)\n\n<Bio name=\"N\" image=\"/a.jpg\">\n\nx\n\n</Bio>\n", &[("a.jpg", &photo)]);
    fs::write(site.path().join("content/b.jpg"), &beside).unwrap();
    let served = Served::start(site.path(), &[]);
    // Without what the build keeps: the preview makes its own.
    build(site.path(), &["--cache", "kept"]);
    let names = smaller(site.path());
    assert_eq!(names.len(), 6);
    for name in names {
        let answer = served.get(&format!("/assets/images/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.body, fs::read(site.path().join("public/assets/images").join(&name)).unwrap(), "{name}");
    }
    assert_eq!(served.get("/assets/images/a-200w.00000000.webp").status, 404);
    let page = bokworm::serve::inject::into_page(&fs::read(site.path().join("public/index.html")).unwrap());
    assert_eq!(served.get("/").body, page);
    assert!(String::from_utf8_lossy(&page).contains("sizes=\"6rem\""));
}

/// The content of a `meta` of a page.
fn meta<'a>(page: &'a str, property: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!("<meta property=\"{property}\" content=\""))?;
    after.split_once('"').map(|(content, _)| content)
}

#[test]
fn a_page_without_a_picture_has_a_card_at_its_whole_address() {
    let site = project("---\ntitle: A & B\n---\n\nx", &[("own.png", &png(&photograph(60, 40)))]);
    let root = site.path();
    fs::create_dir_all(root.join("content/deep")).unwrap();
    fs::write(root.join("content/deep/_category_.yaml"), "label: Deep\nlink:\n  type: generated-index\n").unwrap();
    fs::write(root.join("content/deep/a.md"), "---\ntitle: Title\ntags: [red]\n---\n\nx").unwrap();
    fs::write(root.join("content/own.md"), "---\nimage: /own.png\n---\n\n# Own\n").unwrap();
    let configured = |more: &str| {
        format!("urls.style = \"file\"\n[site]\ntitle = \"Book\"\nurl = \"https://example.org/b\"\n{more}")
    };
    fs::write(root.join("book.toml"), configured("")).unwrap();
    build(root, &[]);
    let page = read(root, "public/deep/a.html");
    let card = meta(&page, "og:image").unwrap().strip_prefix("https://example.org/b/").unwrap();
    assert!(page.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
    assert_eq!(meta(&page, "og:image:alt"), Some("Title · Deep · Book"));
    assert_eq!((meta(&page, "og:image:width"), meta(&page, "og:image:height")), (Some("1200"), Some("630")));
    let bytes = fs::read(root.join("public").join(card)).unwrap();
    assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 1200);
    assert_eq!(meta(&read(root, "public/index.html"), "og:image:alt"), Some("A &amp; B · Book"));
    assert!(meta(&read(root, "public/own.html"), "og:image").unwrap().ends_with("/b/own.png"));
    for made in ["public/deep.html", "public/tags/red.html"] {
        let card = meta(&read(root, made), "og:image").unwrap().rsplit("/b/").next().unwrap().to_owned();
        assert!(root.join("public").join(card).is_file(), "{made}");
    }
    let served = Served::start(root, &[]);
    assert_eq!(served.get(&format!("/b/{card}")).body, bytes);
    assert!(build(root, &[]).stdout.contains("(0 written"));
    for more in ["social_image = \"/own.png\"\n", "[theme]\ncards = false\n"] {
        fs::write(root.join("book.toml"), configured(more)).unwrap();
        build(root, &[]);
        assert!(!root.join("public/assets/cards").exists(), "{more}");
        assert_eq!(meta(&read(root, "public/deep/a.html"), "og:image:width"), None);
    }
    fs::write(root.join("book.toml"), "").unwrap();
    build(root, &[]);
    assert!(!root.join("public/assets/cards").exists(), "without an address there is nothing to say");
}

/// A TrueType file in which each of these letters is a square.
fn typeface(letters: &str) -> Vec<u8> {
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let count = letters.chars().count() as u16 + 1;
    // Contours, the box, where the contour ends, no instructions; four points on the curve, each a step from the last.
    let mut square = words(&[1, 0, 0, 800, 800, 3, 0]);
    square.extend([1u8; 4]);
    square.extend(words(&[0, 800, 0, (-800i16).cast_unsigned(), 0, 0, 800, 0]));
    let length = square.len() as u32;
    let mut map =
        [words(&[0, 1, 3, 10, 0, 12, 12, 0]), (16 + 12 * u32::from(count - 1)).to_be_bytes().to_vec()].concat();
    map.extend([0u32, u32::from(count - 1)].iter().flat_map(|number| number.to_be_bytes()));
    let mut letters: Vec<u32> = letters.chars().map(u32::from).collect();
    letters.sort_unstable();
    for (glyph, letter) in (1u32..).zip(letters) {
        map.extend([letter, letter, glyph].iter().flat_map(|number| number.to_be_bytes()));
    }
    let head =
        words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 800, 800, 0, 8, 2, 1, 0]);
    let hhea = words(&[1, 0, 800, (-200i16).cast_unsigned(), 0, 1000, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, count]);
    let maxp = [words(&[1, 0, count]), vec![0; 26]].concat();
    let hmtx = words(&[1000, 0]).repeat(count.into());
    let loca = (0..=u32::from(count)).flat_map(|at| (at * length).to_be_bytes()).collect();
    let glyf = square.repeat(count.into());
    let tables =
        [("cmap", map), ("glyf", glyf), ("head", head), ("hhea", hhea), ("hmtx", hmtx), ("loca", loca), ("maxp", maxp)];
    let mut file = words(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut at = 12 + 16 * tables.len();
    for (name, table) in &tables {
        file.extend(name.as_bytes());
        file.extend([0, at as u32, table.len() as u32].iter().flat_map(|number| number.to_be_bytes()));
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        file.extend(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// The cards that a site has published.
fn cards(site: &Path) -> usize {
    fs::read_dir(site.join("public/assets/cards")).map_or(0, Iterator::count)
}

#[test]
fn a_title_that_nobody_can_write_gets_no_card_and_with_a_typeface_of_its_own_it_does() {
    let site = folder(&[("book.toml", ""), ("content/index.md", "---\ntitle: 开源\n---\n\nText.\n")]);
    let root = site.path();
    let configured = |more: &str| {
        fs::write(root.join("book.toml"), format!("[site]\ntitle = \"手册\"\nurl = \"https://example.org\"\n{more}"))
            .unwrap();
        build(root, &[]);
        meta(&read(root, "public/index.html"), "og:image").map(str::to_owned)
    };
    assert_eq!((configured(""), cards(root)), (None, 0));
    assert!(read(root, "public/index.html").contains("<meta name=\"twitter:card\" content=\"summary\">"));
    assert_eq!(configured("social_image = \"/own.png\"\n").as_deref(), Some("https://example.org/own.png"));

    fs::create_dir_all(root.join("static/fonts")).unwrap();
    fs::write(root.join("static/fonts/han.ttf"), typeface("开源手")).unwrap();
    let own = "[theme]\ncard_font = \"/fonts/han.ttf\"\n";
    assert_eq!((configured(own), cards(root)), (None, 0), "one letter is missing");
    fs::write(root.join("static/fonts/han.ttf"), typeface("开源手册")).unwrap();
    let card = configured(own).unwrap();
    assert_eq!(cards(root), 1);
    let bytes = fs::read(root.join("public").join(card.strip_prefix("https://example.org/").unwrap())).unwrap();
    let black = image::load_from_memory(&bytes).unwrap().to_luma8().pixels().filter(|pixel| pixel.0[0] < 60).count();
    assert!(black > 5000, "two squares of the title: {black} dark pixels");
    // Another typeface, another card.
    fs::write(root.join("static/fonts/han.ttf"), typeface("开源手册x")).unwrap();
    assert_ne!(configured(own).unwrap(), card);
}

#[test]
fn each_language_has_a_typeface_for_its_cards() {
    let site = folder(&[
        (
            "book.toml",
            "[site]\ntitle = \"Book\"\nurl = \"https://example.org\"\n[theme]\ncard_font = \"/none.ttf\"\n\
             [languages.en]\n[languages.zh]\nsite.title = \"手册\"\ntheme.card_font = \"/han.ttf\"\n",
        ),
        ("content/en/index.md", "# Open\n"),
        ("content/zh/index.md", "# 开源\n"),
    ]);
    let root = site.path();
    fs::create_dir_all(root.join("static")).unwrap();
    fs::write(root.join("static/han.ttf"), typeface("开源手册")).unwrap();
    bokworm(root, &["build"]);
    for page in ["public/index.html", "public/zh/index.html"] {
        let page = read(root, page);
        let card = meta(&page, "og:image").unwrap().strip_prefix("https://example.org/").unwrap();
        assert!(root.join("public").join(card).is_file(), "{card}");
    }
    assert_eq!(cards(root), 2);
}

#[test]
fn a_typeface_that_cannot_write_a_title_leaves_it_to_the_one_that_is_built_in() {
    let site = folder(&[
        ("book.toml", "[site]\ntitle = \"Book\"\nurl = \"https://example.org\"\n"),
        ("content/index.md", "---\ntitle: Open source\n---\n\nText.\n"),
    ]);
    let root = site.path();
    build(root, &[]);
    let page = read(root, "public/index.html");
    let theme = "[theme]\ncard_font = \"/han.ttf\"\n";
    fs::write(root.join("book.toml"), read(root, "book.toml") + theme).unwrap();
    for bytes in [typeface("开源手册"), b"no typeface at all".to_vec()] {
        fs::create_dir_all(root.join("static")).unwrap();
        fs::write(root.join("static/han.ttf"), bytes).unwrap();
        build(root, &[]);
        assert_eq!(meta(&read(root, "public/index.html"), "og:image"), meta(&page, "og:image"));
    }
}

#[test]
fn a_translation_shows_the_originals_pictures_in_smaller_sizes_too() {
    let of = |name: &str| format!("![Photo]({name})\n");
    let site = folder(&[
        ("book.toml", "[urls]\nstyle = \"file\"\n[theme]\ncards = false\n[languages.en]\n[languages.de]\n"),
        ("content/en/a.md", "# A\n"),
        ("content/en/lent.md", &format!("---\nimage: photo.jpg\n---\n\n{}", of("photo.jpg"))),
        ("content/de/a.md", &format!("# A\n\n{}{}", of("/photo.jpg"), of("/wide.jpg"))),
    ]);
    fs::create_dir_all(site.path().join("static")).unwrap();
    fs::write(site.path().join("content/en/photo.jpg"), jpeg(&photograph(1000, 500), None)).unwrap();
    fs::write(site.path().join("static/wide.jpg"), jpeg(&photograph(900, 300), None)).unwrap();
    build(site.path(), &[]);
    for (page, shown) in
        [("public/de/a.html", vec![(1000, 500), (900, 300)]), ("public/de/lent.html", vec![(1000, 500)])]
    {
        let html = read(site.path(), page);
        for (width, height) in shown {
            assert!(html.contains(&format!(" width=\"{width}\" height=\"{height}\" srcset=\"")), "{page}: {html}");
        }
        let named = html.split(['"', ' ']).filter(|part| part.contains("assets/images/"));
        let missing: Vec<&str> = named.filter(|path| !site.path().join("public/de").join(path).is_file()).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{page}");
    }
    // What a translation shows of the original is made again with it.
    fs::write(site.path().join("static/wide.jpg"), jpeg(&photograph(800, 400), None)).unwrap();
    build(site.path(), &[]);
    assert!(read(site.path(), "public/de/a.html").contains(" width=\"800\" height=\"400\" srcset=\""));
}
