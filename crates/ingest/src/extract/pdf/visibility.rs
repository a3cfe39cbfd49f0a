//! Optional content: layers that a viewer does not show are not read.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};

/// The layers that are switched off when the file is opened.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// Reads the default configuration of a catalog.
    pub(super) fn of(catalog: &Dict<'_>) -> Self {
        let Some(properties) = catalog.get::<Dict<'_>>("OCProperties") else { return Self::default() };
        let Some(config) = properties.get::<Dict<'_>>("D") else { return Self::default() };
        let mut off = HashSet::new();
        if config.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_str() == "OFF") {
            off.extend(references(&properties, "OCGs"));
        }
        for shown in references(&config, "ON") {
            off.remove(&shown);
        }
        off.extend(references(&config, "OFF"));
        Self { off }
    }

    /// Whether content under `group` is shown. `holder` is the dictionary that names the group
    /// under `key`.
    pub(super) fn shows(&self, holder: &Dict<'_>, key: &[u8]) -> bool {
        if self.off.is_empty() {
            return true;
        }
        let Some(group) = holder.get::<Dict<'_>>(key) else { return true };
        if group.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_str() == "OCMD") {
            return self.shows_members(&group);
        }
        holder.get_ref(key).is_none_or(|reference| !self.off.contains(&reference.into()))
    }

    /// A membership dictionary shows its content by a policy over several groups.
    fn shows_members(&self, membership: &Dict<'_>) -> bool {
        let mut members = references(membership, "OCGs");
        if let Some(only) = membership.get_ref("OCGs").filter(|_| members.is_empty()) {
            members.push(only.into());
        }
        if members.is_empty() {
            return true;
        }
        let is_off = |id: &ObjectIdentifier| self.off.contains(id);
        let policy = membership.get::<Name<'_>>("P");
        match policy.as_ref().map_or("AnyOn", |name| name.as_str()) {
            "AllOn" => !members.iter().any(is_off),
            "AnyOff" => members.iter().any(is_off),
            "AllOff" => members.iter().all(is_off),
            _ => !members.iter().all(is_off),
        }
    }
}

fn references(holder: &Dict<'_>, key: &str) -> Vec<ObjectIdentifier> {
    let Some(array) = holder.get::<Array<'_>>(key) else { return Vec::new() };
    array.raw_iter().filter_map(|item| item.as_obj_ref()).map(Into::into).collect()
}
