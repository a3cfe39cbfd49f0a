//! The structure tree of a tagged PDF: which paragraph, heading, item, cell or note each piece of
//! marked content belongs to, and in which order they are read.
//!
//! The tree is the word of the program that wrote the file, and some programs write junk. So it is
//! only read here; `tagged` and `cues` believe it as far as the page bears it out.

use std::collections::HashMap;

use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, String as Bytes};

use super::strings;

/// Most elements read; a thousand pages of print have some fifty thousand.
const MAX_ELEMENTS: usize = 500_000;
/// Deepest nesting; a cycle ends here as well. Real trees rarely pass twenty.
const MAX_DEPTH: usize = 64;
/// Most names of a file's own.
const MAX_OWN_NAMES: usize = 1_000;
/// Most steps from a file's own name for a type to the standard one.
const MAX_NAMES: usize = 8;

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph, or anything that only groups.
    #[default]
    Text,
    /// A heading, with its depth from 1.
    Heading(u8),
    /// The first paragraph of a list item, with the depth of its list from 1.
    Item(u8),
    /// A footnote or endnote, with its number among those of the file.
    Note(u32),
    /// A note in the margin, which refers to other texts and has no mark.
    Reference,
}

/// A row of a table, and the cell of it that a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Number into [`Structure::rows`].
    pub(super) row: u32,
    /// From the left, from 0.
    pub(super) cell: u16,
}

/// A paragraph or the like: what runs on without a break. Blocks are numbered in reading order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) place: Option<Place>,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Row {
    n_cells: u16,
    /// Whether a cell holds lists, headings or tables: then the table only lays the page out.
    is_layout: bool,
}

/// A piece of marked content.
#[derive(Clone, Debug, PartialEq)]
struct Leaf {
    block: u32,
    /// Number into the replacement texts.
    actual: Option<u32>,
}

/// The tree, flattened.
#[derive(Debug, Default)]
pub(super) struct Structure {
    blocks: Vec<Block>,
    rows: Vec<Row>,
    /// By the page or form that it stands in, and its number there.
    leaves: HashMap<(ObjectIdentifier, u32), Leaf>,
    replacements: Vec<String>,
}

impl Structure {
    /// Reads the tree that a catalog names; `None` without one, or where its writer doubts it.
    pub(super) fn of(catalog: &Dict<'_>) -> Option<Self> {
        let info = catalog.get::<Dict<'_>>("MarkInfo");
        let is_suspect = info.and_then(|info| info.get::<bool>("Suspects")).unwrap_or(false);
        let root = catalog.get::<Dict<'_>>("StructTreeRoot").filter(|_| !is_suspect)?;
        let names = root.get::<Dict<'_>>("RoleMap").map(|names| own_types(&names)).unwrap_or_default();
        let mut walk = Walk { names, owners: vec![Owner::default()], ..Walk::default() };
        walk.children(&root, Context::default(), 0);
        Some(walk.done).filter(|structure| !structure.leaves.is_empty())
    }

    /// The block of a piece of marked content, and the text that stands for it.
    pub(super) fn leaf(&self, scope: ObjectIdentifier, number: u32) -> Option<(u32, Option<&str>)> {
        let leaf = self.leaves.get(&(scope, number))?;
        let actual = leaf.actual.and_then(|at| self.replacements.get(at as usize));
        Some((leaf.block, actual.map(String::as_str)))
    }

    /// A block by its number.
    pub(super) fn block(&self, number: u32) -> Block {
        self.blocks.get(number as usize).copied().unwrap_or_default()
    }

    /// Where a block stands in a row of a table that is one: of several cells, with nothing in them
    /// but text.
    pub(super) fn place(&self, number: u32) -> Option<Place> {
        let place = self.block(number).place?;
        let row = self.rows.get(place.row as usize)?;
        (row.n_cells > 1 && !row.is_layout).then_some(place)
    }
}

/// What an element takes from those around it.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    page: Option<ObjectIdentifier>,
    /// Who owns the text inside.
    owner: usize,
    /// Whether the first paragraph inside is the owner's own: that of an item, a cell or a note.
    is_wrapper: bool,
    is_label: bool,
    list_depth: u8,
    is_note: bool,
    place: Option<Place>,
}

/// An element whose text is a block, or more than one where other blocks stand within.
#[derive(Clone, Copy, Debug, Default)]
struct Owner {
    block: Block,
    /// The block that its text went into last.
    current: Option<u32>,
    /// Whether it has text besides its label.
    has_text: bool,
}

/// The standard types, as far as they make a difference here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Paragraph,
    Heading(u8),
    List,
    Item,
    Label,
    Table,
    Row,
    Cell,
    Note,
    /// The body of an item: the item's own text.
    Inside,
    /// A part of a line.
    Inline,
    /// Anything else.
    Group,
}

impl Type {
    fn of(name: &str) -> Self {
        match name {
            "P" | "Caption" | "TOCI" => Self::Paragraph,
            "H" | "H1" | "Title" => Self::Heading(1),
            "H2" | "H3" | "H4" | "H5" | "H6" => Self::Heading(name.as_bytes()[1] - b'0'),
            "L" => Self::List,
            "LI" => Self::Item,
            "Lbl" => Self::Label,
            "LBody" => Self::Inside,
            "Table" => Self::Table,
            "TR" => Self::Row,
            "TD" | "TH" => Self::Cell,
            "Note" | "FENote" => Self::Note,
            "Document" | "DocumentFragment" | "Part" | "Art" | "Sect" | "Div" | "Aside" | "BlockQuote"
            | "TOC" | "Index" | "THead" | "TBody" | "TFoot" | "Figure" | "Form" => Self::Group,
            _ => Self::Inline,
        }
    }
}

/// The types that a file's own names stand for.
fn own_types(names: &Dict<'_>) -> HashMap<String, Type> {
    let standard = |own: &Name<'_>| {
        let mut name = own.as_str().to_owned();
        for _ in 0..MAX_NAMES {
            match names.get::<Name<'_>>(name.as_bytes()) {
                Some(next) if next.as_str() != name => next.as_str().clone_into(&mut name),
                _ => break,
            }
        }
        Type::of(&name)
    };
    names.keys().take(MAX_OWN_NAMES).map(|own| (own.as_str().to_owned(), standard(&own))).collect()
}

#[derive(Default)]
struct Walk {
    done: Structure,
    /// The file's own names for types.
    names: HashMap<String, Type>,
    owners: Vec<Owner>,
    n_elements: usize,
    n_notes: u32,
    /// The last block outside of notes.
    last: Option<u32>,
}

impl Walk {
    fn children<'a>(&mut self, parent: &Dict<'a>, context: Context, depth: usize) {
        let text = parent.get::<Bytes<'_>>("ActualText").map(|text| strings::decode(text.as_bytes()));
        match parent.get::<Object<'a>>("K") {
            Some(Object::Array(children)) => {
                // Text for several pieces could be put in no place.
                let text = text.filter(|_| children.raw_iter().nth(1).is_none());
                for child in children.iter::<Object<'a>>() {
                    self.child(child, context, text.as_deref(), depth);
                }
            }
            Some(child) => self.child(child, context, text.as_deref(), depth),
            None => {}
        }
    }

    fn child<'a>(&mut self, child: Object<'a>, context: Context, text: Option<&str>, depth: usize) {
        self.n_elements += 1;
        if self.n_elements > MAX_ELEMENTS || depth >= MAX_DEPTH {
            return;
        }
        match child {
            Object::Number(number) => self.leaf(context.page, number.as_i64(), context, text),
            Object::Dict(dict) => match dict.get::<i64>("MCID") {
                Some(number) => {
                    let scope = dict.get_ref("Stm").or_else(|| dict.get_ref("Pg")).map(Into::into);
                    self.leaf(scope.or(context.page), number, context, text);
                }
                None => self.element(&dict, context, depth),
            },
            _ => {}
        }
    }

    fn element<'a>(&mut self, element: &Dict<'a>, around: Context, depth: usize) {
        let context = Context { page: element.get_ref("Pg").map(Into::into).or(around.page), ..around };
        let context = match self.type_of(element) {
            Type::Inline => context,
            Type::Inside => Context { is_wrapper: true, ..context },
            Type::Label => Context { is_label: true, ..context },
            Type::Paragraph if context.is_wrapper && !self.owners[context.owner].has_text => context,
            Type::Paragraph | Type::Group => self.owned(Kind::Text, context),
            Type::Heading(level) => {
                self.lays_out(context);
                self.owned(Kind::Heading(level), context)
            }
            Type::List => {
                self.lays_out(context);
                Context {
                    list_depth: context.list_depth.saturating_add(1),
                    ..self.owned(Kind::Text, context)
                }
            }
            Type::Item => {
                let item = self.owned(Kind::Item(context.list_depth.max(1)), context);
                Context { is_wrapper: true, ..item }
            }
            Type::Table => {
                self.lays_out(context);
                self.owned(Kind::Text, context)
            }
            Type::Row => {
                self.done.rows.push(Row::default());
                let row = (self.done.rows.len() - 1) as u32;
                self.owned(Kind::Text, Context { place: Some(Place { row, cell: 0 }), ..context })
            }
            Type::Cell => self.cell(context),
            Type::Note => {
                self.n_notes += 1;
                // A note of a table stands below it, in no cell.
                let note = self.owned(Kind::Note(self.n_notes), Context { place: None, ..context });
                Context { is_wrapper: true, is_note: true, ..note }
            }
        };
        self.children(element, context, depth + 1);
    }

    fn type_of(&self, element: &Dict<'_>) -> Type {
        let Some(name) = element.get::<Name<'_>>("S") else { return Type::Group };
        self.names.get(name.as_str()).copied().unwrap_or_else(|| Type::of(name.as_str()))
    }

    /// The context of an element that owns its text.
    fn owned(&mut self, kind: Kind, context: Context) -> Context {
        let around = self.owners.get(context.owner).map(|owner| owner.block.kind);
        let kind = match around {
            Some(note @ Kind::Note(_)) if context.is_note => note,
            _ => kind,
        };
        let block = Block { kind, place: context.place };
        self.owners.push(Owner { block, ..Owner::default() });
        Context { owner: self.owners.len() - 1, is_wrapper: false, is_label: false, ..context }
    }

    fn cell(&mut self, context: Context) -> Context {
        let place = context.place.map(|place| {
            let n_cells = self.done.rows.get_mut(place.row as usize).map(|row| &mut row.n_cells);
            let cell = n_cells.map_or(0, |n_cells| {
                *n_cells = n_cells.saturating_add(1);
                *n_cells - 1
            });
            Place { cell, ..place }
        });
        Context { is_wrapper: true, ..self.owned(Kind::Text, Context { place, ..context }) }
    }

    /// Takes down that the row around, if any, holds more than text.
    fn lays_out(&mut self, context: Context) {
        if let Some(row) = context.place.and_then(|place| self.done.rows.get_mut(place.row as usize)) {
            row.is_layout = true;
        }
    }

    fn leaf(&mut self, scope: Option<ObjectIdentifier>, number: i64, context: Context, text: Option<&str>) {
        let (Some(scope), Ok(number)) = (scope, u32::try_from(number)) else { return };
        let block = self.block(context);
        let actual = text.map(|text| {
            self.done.replacements.push(text.to_owned());
            (self.done.replacements.len() - 1) as u32
        });
        self.done.leaves.insert((scope, number), Leaf { block, actual });
    }

    /// The block that text goes into: its owner's last, or a new one where there is none or where
    /// others stand between. A note stands apart, and cuts nothing.
    fn block(&mut self, context: Context) -> u32 {
        let Owner { block, current, .. } = self.owners[context.owner];
        let number = match current.filter(|current| context.is_note || self.last == Some(*current)) {
            Some(current) => current,
            None => {
                // What goes on after a list within is no heading or item again.
                let is_first = current.is_none() || context.is_note;
                let kind = if is_first { block.kind } else { Kind::Text };
                self.done.blocks.push(Block { kind, ..block });
                (self.done.blocks.len() - 1) as u32
            }
        };
        if !context.is_note {
            self.last = Some(number);
        }
        let owner = &mut self.owners[context.owner];
        owner.current = Some(number);
        owner.has_text |= !context.is_label;
        number
    }
}
