//! Resolves the citations in comments and pages: sections and traps of `docs/contract.md`, and files.

use std::collections::BTreeSet;

use regex::Regex;

use crate::project;

/// The contract's sections by number, and the traps of section 12.
struct Contract {
    sections: BTreeSet<String>,
    traps: BTreeSet<String>,
}

impl Contract {
    fn read() -> Self {
        let page = project::read("docs/contract.md");
        let all = |pattern: &str| {
            let pattern = Regex::new(pattern).unwrap();
            pattern.captures_iter(&page).map(|found| found[1].to_owned()).collect()
        };
        Self { sections: all(r#"(?m)^<a id="s([0-9.]+)"></a>$"#), traps: all(r#"<a id="trap-(\d+)"></a>"#) }
    }

    fn lacks<'a>(&'a self, cited: &'a Cited) -> impl Iterator<Item = String> + 'a {
        let section = |number: &&String| !self.sections.contains(*number);
        let trap = |number: &&String| !self.traps.contains(*number);
        let sections = cited.sections.iter().filter(section).map(|number| format!("section {number}"));
        sections.chain(cited.traps.iter().filter(trap).map(|number| format!("trap {number}")))
    }
}

#[derive(Debug, Default, PartialEq)]
struct Cited {
    sections: Vec<String>,
    traps: Vec<String>,
}

/// Returns the citations in a text, such as `contract.md 4.1, 6.1`, `contract.md section 7`, `contract.md 12, traps 12
/// to 14`.
fn cited_in(text: &str) -> Vec<Cited> {
    // A citation may go on in the next line of a comment.
    let text = Regex::new(r"\n\s*(//[/!]?|#)?\s*").unwrap().replace_all(text, " ");
    let list = r"\d+(?:\.\d+)*(?:(?:, | and | to )\d+(?:\.\d+)*)*";
    let citation = format!(r"contract\.md,?(?: sections?)? ({list})(?:,? traps? ({list}))?");
    let numbers = |list: Option<regex::Match<'_>>| {
        let list = list.map_or("", |list| list.as_str());
        list.split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let text = text.replace('`', "");
    let found = Regex::new(&citation).unwrap();
    found
        .captures_iter(&text)
        .map(|found| Cited { sections: numbers(found.get(1)), traps: numbers(found.get(2)) })
        .collect()
}

#[test]
fn a_citation_is_read_with_all_its_sections_and_traps() {
    let cited = |sections: &[&str], traps: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|one| one.to_string()).collect();
        vec![Cited { sections: owned(sections), traps: owned(traps) }]
    };
    assert_eq!(cited_in("as (`contract.md 4.1`)."), cited(&["4.1"], &[]));
    assert_eq!(cited_in("`contract.md 8.2` to `8.4`"), cited(&["8.2", "8.4"], &[]));
    assert_eq!(cited_in("contract.md sections 5 to 7 and 9 have them"), cited(&["5", "7", "9"], &[]));
    assert_eq!(cited_in("contract.md 12,\n    /// traps 12 to\n    /// 14"), cited(&["12"], &["12", "14"]));
    assert_eq!(cited_in("(contract.md 0, 12 trap 4)"), cited(&["0", "12"], &["4"]));
    assert_eq!(cited_in("docs/contract.md says"), []);
}

#[test]
fn every_citation_of_the_contract_has_its_section_and_its_trap() {
    let contract = Contract::read();
    assert_eq!(contract.traps.len(), 38);
    let (mut count, mut unresolved) = (0, Vec::new());
    for path in project::files(&[".rs", ".md", ".ts", ".svelte", ".ftl", ".toml"]) {
        if path.ends_with("suite/citations.rs") {
            continue;
        }
        for cited in cited_in(&project::read(&path)) {
            count += 1;
            unresolved.extend(contract.lacks(&cited).map(|what| format!("{path}: {what}")));
        }
    }
    assert_eq!(unresolved, [""; 0]);
    assert!(count > 140, "only {count} citations were found");
}

#[test]
fn every_link_of_a_page_leads_to_a_file() {
    let link = Regex::new(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)").unwrap();
    let mut broken = Vec::new();
    for path in project::files(&[".md"]) {
        let folder = project::root().join(&path).parent().unwrap().to_owned();
        let text = project::read(&path);
        let missing = link.captures_iter(&text).filter(|link| !folder.join(&link[1]).exists());
        broken.extend(missing.map(|link| format!("{path}: {}", &link[1])));
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn every_source_file_that_a_page_names_is_there() {
    let roots = ["", "src-tauri/", "src-tauri/core/src/", "src-tauri/pusher/", "src-tauri/core/", "tests/"];
    let path = Regex::new(r"^[a-z][\w./-]*/[\w.-]+\.(rs|ts|svelte|toml|ftl)$").unwrap();
    let mut gone = Vec::new();
    for page in project::files(&[".md"]) {
        // The changelog describes the past with the names of that time.
        if page.ends_with("CHANGELOG.md") {
            continue;
        }
        let folder = project::root().join(&page).parent().unwrap().to_owned();
        let text = project::read(&page);
        let named = text.lines().flat_map(project::in_backticks).filter(|name| path.is_match(name));
        let is_there = |name: &&str| {
            folder.join(name).exists()
                || roots.iter().any(|root| project::root().join(root).join(name).exists())
        };
        gone.extend(named.filter(|name| !is_there(name)).map(|name| format!("{page}: {name}")));
    }
    assert_eq!(gone, [""; 0]);
}
