//! `cargo xtask lint`.

use crate::failure::Failure;
use crate::root::root;
use crate::{codes, docs, feature_names, guide_list, layers, links, prose};

/// Checks every spec, the deviations from the pages, the language and the links of all texts and the layers of all
/// crates, or lists the rules.
pub(crate) fn run(rules: bool) -> Result<(), Failure> {
    if rules {
        for (rule, meaning) in dbplane_codegen::lint::rules() {
            println!("{rule:<24} {meaning}");
        }
        let others = [
            prose::RULES,
            links::RULES,
            guide_list::RULES,
            feature_names::RULES,
            codes::RULES,
            layers::RULES,
        ];
        for (rule, meaning) in others.into_iter().flatten() {
            println!("{rule:<24} {meaning}");
        }
        for rule in dbplane_pages::rules().iter().filter(|r| r.id.starts_with("deviation-")) {
            println!("{:<24} {}", rule.id, rule.meaning);
        }
        return Ok(());
    }
    let services = dbplane_codegen::load(&root().join("specs")).map_err(Failure::of)?;
    let deviations = docs::deviations(&services).map_err(Failure::of)?;
    let paragraphs = prose::collect(&root(), false)?;
    let mut texts = prose::findings(&paragraphs);
    texts.extend(feature_names::findings(&paragraphs, &services));
    texts.extend(links::findings(&root())?);
    texts.extend(guide_list::findings(&root())?);
    texts.extend(codes::findings(&root(), &services)?);
    texts.extend(layers::findings(&root())?);
    if !texts.is_empty() {
        return Err(Failure::of(texts));
    }
    let operations: usize = services.iter().map(|s| s.operations.len()).sum();
    let (specs, deviations) = (services.len(), deviations.len());
    println!("{specs} specs with {operations} operations and {deviations} deviations: nothing found");
    Ok(())
}
