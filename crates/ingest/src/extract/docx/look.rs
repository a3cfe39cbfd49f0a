//! How paragraphs and runs look: the properties that are cues, where they are said.

use crate::extract::xml::Element;

/// Properties of a paragraph; `None` where nothing says so.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphLook {
    pub(super) style: Option<String>,
    /// The list that it is an item of; "0" for none at all.
    pub(super) list: Option<String>,
    /// Its level in the list, from 0.
    pub(super) list_level: Option<usize>,
    /// Its level in the outline, from 0; 9 is body text.
    pub(super) outline: Option<u8>,
    pub(super) centred: Option<bool>,
    /// Twentieths of a point.
    pub(super) left: Option<i64>,
    pub(super) first_line: Option<i64>,
    pub(super) space_before: Option<i64>,
    pub(super) space_after: Option<i64>,
}

/// Properties of a run; `None` where nothing says so.
#[derive(Clone, Debug, Default)]
pub(super) struct RunLook {
    pub(super) style: Option<String>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    /// Half points.
    pub(super) size: Option<i64>,
    pub(super) raised: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl ParagraphLook {
    /// Takes what an element inside `pPr` says.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        match element.name {
            "pStyle" => self.style = element.value(),
            "numId" => self.list = element.value(),
            "ilvl" => self.list_level = element.number("val").map(|level| level.clamp(0, 8) as usize),
            "outlineLvl" => self.outline = element.number("val").map(|level| level.clamp(0, 9) as u8),
            "jc" => self.centred = Some(element.value().as_deref() == Some("center")),
            "ind" => {
                self.left = element.number("left").or(element.number("start")).or(self.left);
                let hanging = element.number("hanging").map(|hanging| -hanging);
                self.first_line = hanging.or(element.number("firstLine")).or(self.first_line);
            }
            "spacing" => {
                self.space_before = element.number("before").or(self.space_before);
                self.space_after = element.number("after").or(self.space_after);
            }
            _ => {}
        }
    }

    /// What is not said here is as it is there.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            style: self.style.clone().or_else(|| other.style.clone()),
            list: self.list.clone().or_else(|| other.list.clone()),
            list_level: self.list_level.or(other.list_level),
            outline: self.outline.or(other.outline),
            centred: self.centred.or(other.centred),
            left: self.left.or(other.left),
            first_line: self.first_line.or(other.first_line),
            space_before: self.space_before.or(other.space_before),
            space_after: self.space_after.or(other.space_after),
        }
    }
}

impl RunLook {
    /// Takes what an element inside `rPr` says.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        match element.name {
            "rStyle" => self.style = element.value(),
            "b" => self.bold = Some(element.is_on()),
            "i" => self.italic = Some(element.is_on()),
            "sz" => self.size = element.number("val").filter(|size| *size > 0),
            "vertAlign" => self.raised = Some(element.value().as_deref() == Some("superscript")),
            // Half points above the line: raised by hand, or by a converter.
            "position" => {
                self.raised = element.number("val").filter(|up| *up != 0).map(|up| up > 0).or(self.raised);
            }
            "vanish" | "specVanish" => self.hidden = Some(element.is_on()),
            _ => {}
        }
    }

    /// What is not said here is as it is there.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            style: self.style.clone().or_else(|| other.style.clone()),
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            size: self.size.or(other.size),
            raised: self.raised.or(other.raised),
            hidden: self.hidden.or(other.hidden),
        }
    }
}
