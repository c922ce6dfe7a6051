//! The modules of a crate, and the modules that each of them names, read from the crate's sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, slice};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The names of the root that each module right below it uses, inline modules and submodules included.
pub(crate) type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Reads the crate whose root is the file `root` and follows its `mod` lines, on every platform and for tests too.
pub(crate) fn arrows(root: &Path) -> Arrows {
    let mut arrows = Arrows::new();
    let folder = root.parent().unwrap();
    let (beside, below) = (folder.to_owned(), folder.to_owned());
    walk(&tokens(root), &mut Place { path: Vec::new(), beside, below, arrows: &mut arrows });
    arrows
}

/// Does the same for one text, whose submodules are inline.
pub(crate) fn arrows_in(text: &str) -> Arrows {
    let mut arrows = Arrows::new();
    let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
    let nowhere = PathBuf::new();
    let mut root = Place { path: Vec::new(), beside: nowhere.clone(), below: nowhere, arrows: &mut arrows };
    walk(&tokens, &mut root);
    arrows
}

fn tokens(file: &Path) -> Vec<TokenTree> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    tokens.into_iter().collect()
}

/// The module that is being read.
struct Place<'a> {
    /// Its names from the root on; empty at the root.
    path: Vec<String>,
    /// The folder of its own file.
    beside: PathBuf,
    /// The folder of its submodules' files.
    below: PathBuf,
    arrows: &'a mut Arrows,
}

impl Place<'_> {
    fn enter(&mut self, name: String, beside: &Path, tokens: &[TokenTree]) {
        let (beside, below) = (beside.to_owned(), self.below.join(&name));
        let path = [self.path.clone(), vec![name]].concat();
        self.arrows.entry(path[0].clone()).or_default();
        walk(tokens, &mut Place { path, beside, below, arrows: self.arrows });
    }

    /// Returns the file of a submodule. `named` is the file that an attribute names.
    fn file_of(&self, name: &str, named: Option<String>) -> PathBuf {
        if let Some(named) = named {
            return self.beside.join(named);
        }
        let file = self.below.join(format!("{name}.rs"));
        if file.exists() { file } else { self.below.join(name).join("mod.rs") }
    }

    /// Adds names of the root. The root itself may use everything.
    fn names(&mut self, names: impl Iterator<Item = String>) {
        if let Some(module) = self.path.first() {
            let own = module.clone();
            self.arrows.entry(own.clone()).or_default().extend(names.filter(|name| *name != own));
        }
    }
}

fn walk(tokens: &[TokenTree], place: &mut Place<'_>) {
    let mut named = None;
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Ident(word) if word == "mod" => module(&mut rest, named.take(), place),
            TokenTree::Ident(word) if word == "crate" => {
                if let Some(after) = after_colons(rest.as_slice()) {
                    place.names(heads(after));
                }
            }
            TokenTree::Ident(word) if word == "super" => {
                let mut up = 1;
                let mut path = after_colons(rest.as_slice());
                while let Some([TokenTree::Ident(word), after @ ..]) = path
                    && word == "super"
                {
                    up += 1;
                    path = after_colons(after);
                    rest = after.iter();
                }
                // The path leads to the root; a shorter way up stays in the module.
                if up == place.path.len()
                    && let Some(after) = path
                {
                    place.names(heads(after));
                }
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                named = path_attribute(&inside).or(named);
                walk(&inside, place);
            }
            _ => {}
        }
    }
}

/// Reads the tokens after the word `mod`. `named` is the file that an attribute names.
fn module(rest: &mut slice::Iter<'_, TokenTree>, named: Option<String>, place: &mut Place<'_>) {
    let [TokenTree::Ident(name), body, ..] = rest.as_slice() else { return };
    let name = name.to_string();
    if let TokenTree::Group(group) = body {
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        place.enter(name, &place.beside.clone(), &inside);
    } else {
        let file = place.file_of(&name, named);
        place.enter(name, file.parent().unwrap(), &tokens(&file));
    }
    *rest = rest.as_slice()[2..].iter();
}

/// Returns the file in `path = "file.rs"`.
fn path_attribute(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Literal(file)] if word == "path" => {
            Some(file.to_string().trim_matches('"').to_owned())
        }
        _ => None,
    }
}

fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(first), TokenTree::Punct(second), rest @ ..]
            if first.as_char() == ':' && second.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// Returns the first names of a use: for `a::b` it is `a`, for `{a, b::c}` they are `a` and `b`. A star is a name too.
fn heads(tokens: &[TokenTree]) -> impl Iterator<Item = String> {
    let list = match tokens.first() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            group.stream().into_iter().collect()
        }
        first => first.cloned().into_iter().collect::<Vec<_>>(),
    };
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
    let firsts: Vec<String> =
        list.split(is_comma).filter_map(|part| Some(part.first()?.to_string())).collect();
    firsts.into_iter()
}
