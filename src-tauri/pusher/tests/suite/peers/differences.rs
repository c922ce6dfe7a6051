//! The differences in the delivered events, and the list of those that are allowed.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::peers::conversation::folder;

/// Lines of both clients by scene.
pub type Lines = BTreeMap<String, Vec<Value>>;

/// One place at which the two clients differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    scene: String,
    who: &'static str,
    line: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: only {} says {}", self.scene, self.who, self.line)
    }
}

#[derive(Deserialize)]
struct Intended {
    intended: Vec<Entry>,
}

/// An entry of `peers/differences.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    scenes: Vec<String>,
    #[serde(default)]
    only_ours: Vec<Value>,
    #[serde(default)]
    only_pusher_js: Vec<Value>,
    reason: String,
}

/// Returns the list. Fails if an entry is incomplete or unexplained.
pub fn intended() -> Vec<Difference> {
    let text = std::fs::read_to_string(folder().join("differences.json")).unwrap();
    let list: Intended = serde_json::from_str(&text).unwrap();
    let mut all = Vec::new();
    for entry in list.intended {
        assert!(entry.reason.len() > 20, "a difference needs its reason: {:?}", entry.scenes);
        for scene in &entry.scenes {
            for (who, lines) in [("ours", &entry.only_ours), ("pusher-js", &entry.only_pusher_js)] {
                all.extend(lines.iter().map(|line| Difference {
                    scene: scene.clone(),
                    who,
                    line: line.to_string(),
                }));
            }
        }
    }
    all.sort();
    all
}

/// Returns the lines that only one of the two has, or has elsewhere in the order.
pub fn between(ours: &Lines, theirs: &Lines) -> Vec<Difference> {
    let mut all = Vec::new();
    for scene in ours.keys().chain(theirs.keys()).collect::<std::collections::BTreeSet<_>>() {
        let nothing = Vec::new();
        let (left, right) = (ours.get(scene).unwrap_or(&nothing), theirs.get(scene).unwrap_or(&nothing));
        for (who, line) in apart(left, right) {
            all.push(Difference { scene: scene.clone(), who, line: line.to_string() });
        }
    }
    all.sort();
    all
}

/// Returns the rest of both without their longest common sequence.
fn apart<'a>(left: &'a [Value], right: &'a [Value]) -> Vec<(&'static str, &'a Value)> {
    let mut common = vec![vec![0usize; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            common[i][j] = match left[i] == right[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    while i < left.len() || j < right.len() {
        if i < left.len() && j < right.len() && left[i] == right[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == right.len() || (i < left.len() && common[i + 1][j] >= common[i][j + 1]) {
            all.push(("ours", &left[i]));
            i += 1;
        } else {
            all.push(("pusher-js", &right[j]));
            j += 1;
        }
    }
    all
}

/// Fails for a difference that is not on the list, and for one on the list that no longer exists.
pub fn assert_intended(found: &[Difference], intended: &[Difference]) {
    let minus = |these: &[Difference], those: &[Difference]| {
        let mut rest = those.to_vec();
        let without = these.iter().filter(|one| match rest.iter().position(|other| other == *one) {
            Some(at) => {
                rest.remove(at);
                false
            }
            None => true,
        });
        without.map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let (unlisted, gone) = (minus(found, intended), minus(intended, found));
    assert!(unlisted.is_empty(), "differences that peers/differences.json does not explain:\n{unlisted}");
    assert!(gone.is_empty(), "peers/differences.json explains what is no difference (any more):\n{gone}");
}
