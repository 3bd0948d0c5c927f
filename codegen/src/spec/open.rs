//! Documents as they are read: whole, or made of overlays and the spec below them.

use std::io;

use super::{expand, overlay};
use crate::finding::{Files, Finding, Line, Place};
use crate::yaml::{self, Node};

/// A document as it was read: its nodes and their files.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where the lines of the nodes stand; the file that the document is called by is the first.
    pub files: Files,
    /// The whole of it.
    pub root: Node,
}

impl Document {
    /// Reads a spec from its text.
    ///
    /// # Errors
    /// The first thing that is wrong with the YAML.
    pub fn read(file: &str, text: &str) -> Result<Self, Finding> {
        let mut files = Files::default();
        let mut root = yaml::read(&mut files, file, text)?;
        expand::expand(&mut root);
        Ok(Self { files, root })
    }

    /// Reads the spec or the overlay in the file `name`. Findings call the files `label` and their names; `text`
    /// gives the text of a file by its name.
    ///
    /// # Errors
    /// What is wrong with the YAML and the overlay.
    pub fn open(
        label: &str,
        name: &str,
        text: impl Fn(&str) -> io::Result<String>,
    ) -> Result<Self, Vec<Finding>> {
        let mut reader = ChainReader { label, text: &text, files: Files::default(), chain: Vec::new() };
        let mut root = reader.layer(name, None)?;
        expand::expand(&mut root);
        Ok(Self { files: reader.files, root })
    }
}

/// The most overlays that lie over a spec.
const MAX_OVERLAYS: usize = 4;

/// Reads a chain of overlays down to its spec, and applies them on the way back.
struct ChainReader<'a, T> {
    label: &'a str,
    text: &'a T,
    files: Files,
    /// The overlays that were read so far, from the top.
    chain: Vec<String>,
}

impl<T: Fn(&str) -> io::Result<String>> ChainReader<'_, T> {
    /// The document in the file `name`, with every overlay below it applied. `from` is the place that names it.
    fn layer(&mut self, name: &str, from: Option<Place>) -> Result<Node, Vec<Finding>> {
        let file = format!("{}{name}", self.label);
        let place = from.unwrap_or_else(|| Place::new(&file, 1));
        let text = (self.text)(name).map_err(|e| vec![unreadable(place, &e)])?;
        let root = yaml::read(&mut self.files, &file, &text).map_err(|finding| vec![finding])?;
        if !name.ends_with(overlay::ENDING) {
            return Ok(root);
        }
        let files = self.files.clone();
        let overlay = overlay::read(&files, &root)?;
        let place = files.place(root.get("extends").map_or(Line::TOP, |node| node.line));
        self.chain.push(name.to_owned());
        self.check_chain(overlay.extends, &place)?;
        let mut below = self.layer(overlay.extends, Some(place))?;
        overlay.apply(&mut below)?;
        Ok(below)
    }

    /// Refuses a chain that comes back to itself through `next`, or that `next` makes too long.
    fn check_chain(&self, next: &str, place: &Place) -> Result<(), Vec<Finding>> {
        let chain = || format!("{} -> {next}", self.chain.join(" -> "));
        let (message, remedy) = if self.chain.iter().any(|name| name == next) {
            (
                format!("the overlays extend each other in a circle: {}", chain()),
                "extend a whole spec in one of them",
            )
        } else if next.ends_with(overlay::ENDING) && self.chain.len() >= MAX_OVERLAYS {
            let message = format!("more than {MAX_OVERLAYS} overlays lie over one another: {}", chain());
            (message, "extend an overlay or a spec further down, or make one of them a whole spec")
        } else {
            return Ok(());
        };
        Err(vec![Finding::new("overlay-chain", place.clone(), message, remedy)])
    }
}

fn unreadable(place: Place, error: &io::Error) -> Finding {
    let (message, remedy) = match error.kind() {
        io::ErrorKind::InvalidData => ("it is not UTF-8".to_owned(), "save it as UTF-8"),
        _ => (error.to_string(), "let it be a file that you may read"),
    };
    Finding::new("file-unreadable", place, format!("the document cannot be read: {message}"), remedy)
}
