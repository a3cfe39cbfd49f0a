// The page in a real browser: what people do with it, and what hostile text must not do.

mod axe;
mod driver;

use serde_json::Value;

use self::driver::{Browser, Window};
use crate::drive::Place;
use crate::http::Server;

/// A browser on the sample corpus, and the server, which must outlive it.
fn samples_in(window: Window) -> Option<(Browser, Server)> {
    let server = Server::start();
    Browser::open(&server.address, window).map(|browser| (browser, server))
}

/// What anybody does, with script or without: search, narrow, open, go on to the next match.
fn search_narrow_and_open(browser: &Browser) {
    browser.go("/");
    browser.click("#q");
    browser.type_keys("electronic commerce\u{E007}");
    assert!(browser.text(".totals").contains(" clauses"), "{}", browser.text(".totals"));
    browser.click(".facets a[href*='kind=decision']");
    assert!(browser.text(".chosen .chip").starts_with("kind: decision"));
    let cited = browser.text(".hit h2");
    browser.click(".hit h2 a");
    let label = cited.split(", ").nth(1).expect("a label").to_owned();
    assert_eq!(browser.text(".clause:target .margin > a"), label);
    browser.click("a[href='#match-1']");
    browser.click("#match-1");
    browser.click("a[href='#match-2']");
    assert!(!browser.text("#match-2:target mark").is_empty());
}

#[test]
fn people_search_narrow_open_and_go_to_the_next_match() {
    let Some((browser, _server)) = samples_in(Window::default()) else { return };
    search_narrow_and_open(&browser);
}

#[test]
fn all_of_it_works_without_script() {
    let Some((browser, _server)) = samples_in(Window { script: false, ..Window::default() }) else { return };
    search_narrow_and_open(&browser);
    browser.go("/basket");
    assert!(browser.text("main").contains("switched off"), "{}", browser.text("main"));
}

#[test]
fn a_clause_is_seen_on_its_page_of_the_original() {
    let place = crate::http::with_pdf("reportlab-words");
    let server = Server::on(&place, "");
    for script in [true, false] {
        let window = Window { script, ..Window::default() };
        let Some(browser) = Browser::open(&server.address, window) else { return };
        browser.go("/?q=decision");
        browser.click(".hit .foot a[href*='/pages/1?clause=']");
        assert!(browser.text("figcaption").starts_with("Marked: "));
        let ratio = "
            const image = document.querySelector('svg image').getBoundingClientRect();
            const line = document.querySelector('svg .line').getBoundingClientRect();
            const within = line.left > image.left && line.right < image.right && line.top > image.top && line.bottom < image.bottom;
            return within && image.width > 200 && line.width > 50;";
        assert_eq!(browser.run(ratio), Value::from(true));
        assert!(!browser.text(".beside .set").is_empty());
    }
}

#[test]
fn the_keyboard_is_enough() {
    let Some((browser, _server)) = samples_in(Window::default()) else { return };
    browser.go("/?q=duties");
    browser.type_keys("jj");
    assert_eq!(browser.run("return document.activeElement.id"), Value::from("hit-2"));
    browser.type_keys("k");
    assert_eq!(browser.run("return document.activeElement.id"), Value::from("hit-1"));
    browser.type_keys("b");
    assert_eq!(browser.text("#basket-count"), "1");
    browser.type_keys("o");
    browser.text(".clause:target");
    browser.type_keys("/");
    assert_eq!(browser.run("return document.activeElement.id"), Value::from("q"));
    browser.go("/basket");
    assert!(browser.text("#basket-list li a").contains("para."));
    browser.go("/");
    browser.run("document.activeElement.blur()");
    browser.type_keys("\u{E004}");
    assert_eq!(browser.run("return document.activeElement.className"), Value::from("skip"));
}

/// What axe-core finds on a page, a line each.
fn faults(browser: &Browser, axe: &str) -> String {
    let ask = "
        const name = violation => violation.id + ': ' + violation.nodes.map(node => node.target.join(' ')).join(', ');
        return axe.run(document).then(found => found.violations.map(name).join('\\n'));";
    browser.run(&format!("{axe};{ask}")).as_str().expect("lines").to_owned()
}

#[test]
fn pages_are_for_everybody() {
    let Some(axe) = axe::script() else { return };
    for width in [1200, 500] {
        let Some((browser, _server)) = samples_in(Window { width, ..Window::default() }) else { return };
        for path in [
            "/",
            "/?q=electronic+duties",
            "/?q=electronic&scope=document",
            "/?q=moratorum",
            "/documents",
            "/documents/wt-l-843?q=electronic",
            "/clauses/wt-l-843/op-4",
            "/compare?a=wt-l-843&b=wt-min-13-32",
            "/compare?a=wt-l-843&b=wt-min-13-32&view=columns",
            "/compare?usual=mc13-draft-work-programme-2024/op-5",
            "/changes?since=run:0",
            "/changes?since=run:1",
            "/mandates?at=2014-09-01",
            "/changes?since=2000-01-01",
            "/mandates?at=2026-01-01",
            "/basket",
            "/help",
        ] {
            browser.go(path);
            assert_eq!(faults(&browser, axe), "", "{path}, {width} pixels wide");
        }
    }
}

#[test]
fn a_clause_is_followed_through_its_versions() {
    let Some((browser, _server)) = samples_in(Window::default()) else { return };
    browser.go("/?q=symbol:WT/MIN(13)/32+customs+duties");
    browser.until("document.querySelector('.hit .foot').innerText.includes('1 earlier, 1 later version')");
    browser.click(".hit .foot a[data-versions]");
    assert_eq!(browser.text("main li[aria-current]"), "7 December 2013: this clause");
    browser.click("main li:last-child a[href^='/compare']");
    assert_eq!(browser.text(".passage ins"), "We agree to");
    browser.click(".ways a[href*='view=columns']");
    assert!(browser.text("table td del").starts_with("That Members will"));
    browser.go("/clauses/mc13-draft-work-programme-2024/op-5");
    browser.click("a[href^='/compare?usual=']");
    assert!(browser.text("main").contains("No two of the 3 clauses"), "{}", browser.text("main"));
}

#[test]
fn a_document_is_followed_along_the_chain_of_citations() {
    let Some((browser, _server)) = samples_in(Window::default()) else { return };
    browser.go("/documents/wt-l-843");
    assert!(browser.text(".series").contains("WT/MIN(13)/32"));
    assert_eq!(browser.text(".chain li:first-child"), "no date · WT/L/274 (not in the corpus)");
    // An arc and its tip for each of three recalls.
    assert_eq!(browser.run("return document.querySelectorAll('.chain path').length"), Value::from(6));
    let beside = "
        const rows = [...document.querySelectorAll('.chain li')].map(row => row.getBoundingClientRect());
        const dots = [...document.querySelectorAll('.chain circle')].map(dot => dot.getBoundingClientRect());
        return rows.length === dots.length && rows.every((row, n) => dots[n].top > row.top && dots[n].bottom < row.bottom);";
    assert_eq!(browser.run(beside), Value::from(true), "each row has its dot");
    browser.click(".chain li a");
    assert!(browser.text(".chain li[aria-current]").contains("WT/MIN(13)/32"));
}

#[test]
fn on_a_phone_nothing_is_wider_than_the_screen() {
    let Some((browser, _server)) = samples_in(Window { width: 500, ..Window::default() }) else { return };
    for path in [
        "/",
        "/?q=duties",
        "/documents",
        "/documents/wt-l-843?q=electronic",
        "/help",
        "/clauses/wt-l-843/op-2",
        "/compare?a=wt-l-843&b=wt-min-13-32",
        "/compare?a=wt-l-843&b=wt-min-13-32&view=columns",
        "/changes?since=run:0",
        "/mandates?at=2014-09-01",
    ] {
        browser.go(path);
        let beyond = browser.run("return document.documentElement.scrollWidth - innerWidth");
        assert!(beyond.as_i64().is_some_and(|beyond| beyond <= 0), "{path}: {beyond} pixels too wide");
    }
    browser.go("/?q=duties");
    assert_eq!(browser.run("return document.querySelector('details.all').open"), Value::from(false));
}

/// What a page must not have come to hold or do by the text that is put into it.
const HARMLESS: &str = "
    const faults = [];
    if (window.pwned !== undefined) faults.push('a script ran');
    if (document.scripts.length !== 1) faults.push('scripts');
    if (document.styleSheets.length !== 1) faults.push('styles');
    for (const one of document.querySelectorAll('main *, header *')) {
        for (const attribute of one.attributes) {
            if (/^(on|style$|srcdoc)/.test(attribute.name)) faults.push(one.tagName + ' ' + attribute.name);
        }
        if (/^(script|img|iframe|object|embed|video|base|meta|link|style|math|template|x)$/i.test(one.tagName)) faults.push(one.tagName);
        if (one.href && !one.closest('svg') && !one.href.startsWith(location.origin + '/')) faults.push(one.href);
    }
    if (document.querySelectorAll('form').length > 2) faults.push('forms');
    return faults.join('; ');";

#[track_caller]
fn check_harmless(browser: &Browser, path: &str) {
    browser.go(path);
    assert_eq!(browser.run(HARMLESS), Value::from(""), "at {path}");
}

fn hostile() -> Vec<String> {
    let strings: Vec<String> = serde_json::from_str(include_str!("../fixtures/hostile.json")).expect("JSON");
    assert!(strings.len() >= 200, "only {} strings", strings.len());
    strings
}

/// Every byte but plain letters escaped.
fn encoded(text: &str) -> String {
    let letter = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(letter).collect()
}

#[test]
fn hostile_queries_do_nothing() {
    let Some((browser, _server)) = samples_in(Window::default()) else { return };
    for query in hostile() {
        check_harmless(&browser, &format!("/?q={}", encoded(&query)));
    }
}

#[test]
fn hostile_text_names_and_metadata_do_nothing() {
    let place = Place::new();
    let mut table = String::from("path,title,body,author\n");
    let mut text = String::from("Decision on zebras\n\n");
    for (n, words) in hostile().iter().enumerate() {
        text.push_str(&format!("{}. Zebra {words}\n\n", n + 1));
        let name: String = words.chars().filter(|letter| !matches!(letter, '/' | '\0')).take(40).collect();
        if n % 9 == 0 && !name.trim_matches(['.', ' ']).is_empty() {
            let path = format!("a{name}.txt");
            place.write(&format!("corpus/{path}"), "1. The zebra of a hostile name.\n");
            let cell = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
            let row = [cell(&path), cell(words), cell(words), cell(words)].join(",");
            table.push_str(&format!("{row}\n"));
        }
    }
    place.write("corpus/hostile.txt", &text);
    place.write("corpus/metadata.csv", &table);
    place.chapeau("index");
    let server = Server::on(&place, "");
    let Some(browser) = Browser::open(&server.address, Window::default()) else { return };
    for path in [
        "/",
        "/documents",
        "/?q=zebra&limit=100",
        "/?q=zebra&limit=100&offset=100",
        "/documents/hostile?q=zebra",
    ] {
        check_harmless(&browser, path);
    }
    browser.go("/documents");
    let links =
        "return [...document.querySelectorAll('tbody a')].slice(0, 30).map(a => a.getAttribute('href'))";
    let links = browser.run(links);
    let links: Vec<&str> = links.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(links.len() > 10, "only {} documents", links.len());
    for link in links {
        check_harmless(&browser, link);
    }
}
