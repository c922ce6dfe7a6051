//! The catalogue in the form for the tests: each text with its variables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// All texts by their keys.
#[derive(Default)]
pub(crate) struct Catalogue {
    pub texts: BTreeMap<String, Text>,
}

/// The facts about one text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub variables: BTreeSet<String>,
    pub has_way_out: bool,
}

/// Returns the texts of the Rust programs.
pub(crate) fn core() -> Catalogue {
    of("en/core")
}

/// Returns the texts in a folder of the catalogue, without those in the folders below it.
pub(crate) fn of(folder: &str) -> Catalogue {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../words").join(folder);
    let mut all = Catalogue::default();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            all.texts.extend(Catalogue::read(&fs::read_to_string(path).unwrap()).texts);
        }
    }
    all
}

impl Catalogue {
    pub(crate) fn read(text: &str) -> Self {
        let resource = parser::parse(text).map_err(|(_, errors)| errors).unwrap();
        let mut texts = BTreeMap::new();
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut text = Text::default();
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            for pattern in message.value.iter().chain(attributes) {
                in_pattern(pattern, &mut text.variables);
            }
            text.has_way_out = message.attributes.iter().any(|attribute| attribute.id.name == "way-out");
            texts.insert(message.id.name.to_owned(), text);
        }
        Self { texts }
    }
}

fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, variables);
        }
    }
}

fn in_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, variables),
        Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            variants.iter().for_each(|variant| in_pattern(&variant.value, variables));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(variables.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => in_expression(expression, variables),
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            positional.iter().for_each(|argument| in_inline(argument, variables));
        }
        _ => {}
    }
}
