//! Documents as they are read: whole, or made of an overlay and the spec below it.

use std::io;

use super::overlay;
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
        let root = yaml::read(&mut files, file, text)?;
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
        let called = |name: &str| format!("{label}{name}");
        let upper = text(name).map_err(|e| vec![unreadable(Place::new(&called(name), 1), &e)])?;
        let mut document = Self::read(&called(name), &upper).map_err(|finding| vec![finding])?;
        if !name.ends_with(overlay::ENDING) {
            return Ok(document);
        }
        let own = document.files.clone();
        let overlay = overlay::read(&own, &document.root)?;
        let line = document.root.get("extends").map_or(Line::TOP, |node| node.line);
        let lower = text(overlay.extends).map_err(|e| vec![unreadable(own.place(line), &e)])?;
        let mut root =
            yaml::read(&mut document.files, &called(overlay.extends), &lower).map_err(|f| vec![f])?;
        overlay.apply(&mut root)?;
        Ok(Self { files: document.files, root })
    }
}

fn unreadable(place: Place, error: &io::Error) -> Finding {
    let (message, remedy) = match error.kind() {
        io::ErrorKind::InvalidData => ("it is not UTF-8".to_owned(), "save it as UTF-8"),
        _ => (error.to_string(), "let it be a file that you may read"),
    };
    Finding::new("file-unreadable", place, format!("the document cannot be read: {message}"), remedy)
}
