//! The modules of a crate, and the modules that each of them names, read from the crate's sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The names of a room that each module right below it uses, inline modules and submodules included.
pub(crate) type Arrows = BTreeMap<String, BTreeSet<String>>;

/// A path of names from the root of the crate on; empty for the root itself.
type Names = Vec<String>;

/// The modules of a crate.
#[derive(Default)]
pub(crate) struct Modules(BTreeMap<Names, Module>);

#[derive(Default)]
struct Module {
    /// The paths that it names.
    named: BTreeSet<Names>,
    /// The paths of its imports by their names here. Other modules can name the imported items by these names.
    imports: BTreeMap<String, Names>,
}

impl Modules {
    /// Reads the crate whose root is the file `root` and follows its `mod` lines, on every platform and for tests too.
    pub(crate) fn of(root: &Path) -> Self {
        let mut modules = Self::default();
        let folder = root.parent().unwrap();
        let place = Place { path: Names::new(), beside: folder.to_owned(), below: folder.to_owned() };
        modules.walk(&tokens(root), &place);
        modules
    }

    /// Reads one text, whose submodules are inline.
    pub(crate) fn in_text(text: &str) -> Self {
        let mut modules = Self::default();
        let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
        modules.walk(&tokens, &Place::default());
        modules
    }

    /// Returns the rooms: the paths of the modules that have submodules. The root is one.
    pub(crate) fn rooms(&self) -> BTreeSet<&[String]> {
        self.0.keys().filter_map(|path| path.split_last()).map(|(_, room)| room).collect()
    }

    /// Returns the arrows between the modules of a room. The room itself joins its modules, so its own uses and the
    /// uses of its own items are none.
    pub(crate) fn arrows(&self, room: &[String]) -> Arrows {
        let mut arrows = Arrows::new();
        for (path, module) in &self.0 {
            let Some([own, ..]) = path.strip_prefix(room) else { continue };
            let used = arrows.entry(own.clone()).or_default();
            for named in module.named.iter().flat_map(|named| self.followed(named)) {
                used.extend(named.strip_prefix(room).and_then(<[String]>::first).cloned());
            }
            used.remove(own);
        }
        arrows
    }

    /// Returns the path, and the paths to which the imports on its way lead.
    fn followed(&self, path: &Names) -> Vec<Names> {
        let mut found = vec![path.clone()];
        let mut at = 0;
        while let Some(path) = found.get(at).cloned() {
            for (depth, name) in path.iter().enumerate() {
                let imported = self.0.get(&path[..depth]).and_then(|module| module.imports.get(name));
                // A module takes precedence over an import of the same name.
                if let Some(imported) = imported.filter(|_| !self.0.contains_key(&path[..=depth])) {
                    let whole = [imported, &path[depth + 1..]].concat();
                    if !found.contains(&whole) {
                        found.push(whole);
                    }
                }
            }
            at += 1;
        }
        found
    }

    fn walk(&mut self, tokens: &[TokenTree], place: &Place) {
        let mut file = None;
        let mut rest = tokens.iter();
        self.0.entry(place.path.clone()).or_default();
        while let Some(token) = rest.next() {
            match token {
                TokenTree::Ident(word) if word == "mod" => self.module(&mut rest, file.take(), place),
                TokenTree::Ident(word) if word == "use" => self.imports(rest.as_slice(), place),
                TokenTree::Ident(word) if word == "crate" || word == "self" || word == "super" => {
                    self.path(&word.to_string(), &mut rest, place);
                }
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    file = path_attribute(&inside).or(file);
                    self.walk(&inside, place);
                }
                _ => {}
            }
        }
    }

    /// Reads the tokens after the word `mod`. `file` is the file that an attribute names.
    fn module(&mut self, rest: &mut slice::Iter<'_, TokenTree>, file: Option<String>, place: &Place) {
        let [TokenTree::Ident(name), body, ..] = rest.as_slice() else { return };
        let name = name.to_string();
        if let TokenTree::Group(group) = body {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            self.walk(&inside, &place.inner(name, &place.beside));
        } else {
            let file = place.file_of(&name, file);
            self.walk(&tokens(&file), &place.inner(name, file.parent().unwrap()));
        }
        *rest = rest.as_slice()[2..].iter();
    }

    /// Reads the tokens after the word `use`.
    fn imports(&mut self, tokens: &[TokenTree], place: &Place) {
        let mut found = Vec::new();
        tree(tokens, &[], &mut found);
        let module = self.0.entry(place.path.clone()).or_default();
        for (path, name) in found {
            // Without a first word such as `crate` it is a submodule, or another crate, which is no module here.
            let whole = place.absolute(&path).unwrap_or_else(|| [&place.path[..], &path].concat());
            module.imports.insert(name, whole);
        }
    }

    /// Reads the tokens of a path after its first word.
    fn path(&mut self, first: &str, rest: &mut slice::Iter<'_, TokenTree>, place: &Place) {
        let mut before = vec![first.to_owned()];
        let Some(mut after) = after_colons(rest.as_slice()) else { return };
        while let [TokenTree::Ident(word), further @ ..] = after
            && word == "super"
            && let Some(further) = after_colons(further)
        {
            before.push("super".to_owned());
            after = further;
            *rest = further.iter();
        }
        let mut found = Vec::new();
        tree(after, &before, &mut found);
        let named = found.iter().filter_map(|(path, _)| place.absolute(path));
        self.0.entry(place.path.clone()).or_default().named.extend(named);
    }
}

fn tokens(file: &Path) -> Vec<TokenTree> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    tokens.into_iter().collect()
}

/// The module that is being read.
#[derive(Default)]
struct Place {
    path: Names,
    /// The folder of its own file.
    beside: PathBuf,
    /// The folder of its submodules' files.
    below: PathBuf,
}

impl Place {
    fn inner(&self, name: String, beside: &Path) -> Self {
        let below = self.below.join(&name);
        Self { path: [&self.path[..], &[name]].concat(), beside: beside.to_owned(), below }
    }

    /// Returns the file of a submodule. `named` is the file that an attribute names.
    fn file_of(&self, name: &str, named: Option<String>) -> PathBuf {
        if let Some(named) = named {
            return self.beside.join(named);
        }
        let file = self.below.join(format!("{name}.rs"));
        if file.exists() { file } else { self.below.join(name).join("mod.rs") }
    }

    /// Returns a path that begins with `crate`, `self` or `super`, from the root on.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let ups = path.iter().take_while(|name| *name == "super").count();
        let start = match path.first()?.as_str() {
            "crate" => &[],
            "self" => &self.path[..],
            _ if ups > 0 => &self.path[..self.path.len().checked_sub(ups)?],
            _ => return None,
        };
        Some([start, &path[ups.max(1)..]].concat())
    }
}

/// Adds the paths of a use, each with its last name or its new one: for `a::{b, c::D as E}` they are `a::b` and
/// `a::c::D`, and the names are `b` and `E`. A star is a name too.
fn tree(tokens: &[TokenTree], before: &[String], found: &mut Vec<(Names, String)>) {
    let mut path = before.to_vec();
    let mut rest = Some(tokens);
    while let Some([token, after @ ..]) = rest {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma =
                    |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
                inside.split(is_comma).for_each(|part| tree(part, &path, found));
                return;
            }
            // In a list it means the module before the list.
            TokenTree::Ident(word) if word == "self" && !before.is_empty() => break,
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Punct(sign) if sign.as_char() == '*' => path.push("*".to_owned()),
            _ => break,
        }
        if let [TokenTree::Ident(word), TokenTree::Ident(name), ..] = after
            && word == "as"
        {
            found.push((path, name.to_string()));
            return;
        }
        rest = after_colons(after);
    }
    if let Some(last) = path.last().cloned() {
        found.push((path, last));
    }
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
