//! `cargo xtask sample-docs --seed N`: public sentences drawn at random, to be judged by a reader.
//!
//! Drawn from what users read: doc comments that rustdoc shows, generated ones included, and the guides. A sentence
//! that stands in many places is drawn as often as any other.

use std::collections::BTreeMap;

use dbplane_codegen::finding::Place;
use lexopt::prelude::{Long, ValueExt};

use crate::prose::{self, Kind};
use crate::root::root;

/// What was asked for.
#[derive(Debug)]
pub(crate) struct SampleDocs {
    seed: u64,
    count: usize,
}

/// Reads the arguments after `sample-docs`.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<SampleDocs, String> {
    let (mut seed, mut count) = (None, 100);
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        let number = |parser: &mut lexopt::Parser| {
            parser.value().and_then(|v| v.parse::<u64>()).map_err(|e| e.to_string())
        };
        match argument {
            Long("seed") => seed = Some(number(parser)?),
            Long("count") => count = usize::try_from(number(parser)?).unwrap_or(usize::MAX),
            other => return Err(other.unexpected().to_string()),
        }
    }
    let seed = seed.ok_or("sample-docs needs --seed N: the same seed draws the same sentences")?;
    Ok(SampleDocs { seed, count })
}

/// Prints the sentences with file and line.
pub(crate) fn run(command: &SampleDocs) -> Result<(), String> {
    let mut sentences: BTreeMap<String, Place> = BTreeMap::new();
    for paragraph in prose::collect(&root(), true)? {
        if !matches!(paragraph.kind, Kind::Guide | Kind::Doc(true)) || !public(&paragraph.file) {
            continue;
        }
        for (at, sentence) in prose::sentences(&paragraph.text) {
            if sentence.split_whitespace().count() > 2 {
                sentences.entry(sentence.to_owned()).or_insert_with(|| paragraph.place(at));
            }
        }
    }
    let mut sentences: Vec<_> = sentences.into_iter().collect();
    fastrand::Rng::with_seed(command.seed).shuffle(&mut sentences);
    println!(
        "{} of {} sentences, seed {}",
        command.count.min(sentences.len()),
        sentences.len(),
        command.seed
    );
    for (sentence, place) in sentences.iter().take(command.count) {
        println!("{}:{}: {sentence}", place.file, place.line);
    }
    Ok(())
}

/// What users of the library and of the fake cloud read.
fn public(file: &str) -> bool {
    ["src/", "fake-cloud/src/", "docs/"].iter().any(|folder| file.starts_with(folder)) || !file.contains('/')
}
