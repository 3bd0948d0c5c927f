//! The lists of services in files that are written by hand.
//!
//! Problem: Cargo.toml, the vendors' modules, the fake cloud, the tour and the README name every service; lists that are
//! kept by hand fall behind the specs.
//! Default: in each of these files, the lines between a `begin` and an `end` marker are written from `specs/` by
//! `cargo xtask generate`. Override: none; write around the markers.

use std::collections::BTreeMap;
use std::path::Path;

use dbplane_codegen::names::vendor_and_module;
use dbplane_codegen::spec::{Operation, Service};

use crate::files;
use crate::guides::Stale;

/// Where the lists stand, and what they hold.
pub(crate) fn stale(root: &Path, services: &[Service]) -> Result<Vec<Stale>, String> {
    let mut files: Vec<(String, Vec<(&str, String)>)> = vec![
        ("Cargo.toml".to_owned(), vec![("services", features(services))]),
        ("README.md".to_owned(), vec![("services", table(services))]),
        ("src/lib.rs".to_owned(), vec![("links", links(services)), ("services", vendors(services))]),
        ("fake-cloud/src/spec/files.rs".to_owned(), vec![("services", embedded(services))]),
        ("examples/tour/services.rs".to_owned(), vec![("services", tour(services))]),
        ("examples/tour/mod.rs".to_owned(), vec![("services", tour_modules(services))]),
    ];
    for (vendor, modules) in by_vendor(services) {
        files.push((format!("src/{vendor}/mod.rs"), vec![("services", modules_of(&modules))]));
    }
    let mut stale = Vec::new();
    for (name, lists) in files {
        let path = root.join(&name);
        let old = files::text(&path).map_err(|e| format!("{name}: {e}"))?.replace("\r\n", "\n");
        let new = lists.iter().try_fold(old.clone(), |text, (what, list)| renewed(&text, what, list));
        let new = new.map_err(|message| format!("{name}: {message}"))?;
        if name == "Cargo.toml" {
            parsed(&new).map_err(|message| format!("{name}: {message}"))?;
        }
        if old != new {
            stale.push(Stale { path, old, new });
        }
    }
    Ok(stale)
}

/// The width of a line of Rust, see rustfmt.toml.
const WIDTH: usize = 110;

/// A text with another list between its markers, which name what is listed. A line holds a marker behind whatever makes
/// it a comment.
fn renewed(text: &str, what: &str, list: &str) -> Result<String, String> {
    let (begin, end) = (format!("begin {what}: written by `cargo xtask generate`"), format!("end {what}"));
    let lines: Vec<&str> = text.lines().collect();
    let find = |marker: &str| {
        let found: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].contains(marker)).collect();
        match found[..] {
            [line] => Ok(line),
            [] => Err(format!("no line has the marker `{marker}`; write one around the list")),
            _ => Err(format!("several lines have the marker `{marker}`; keep one")),
        }
    };
    let (begin, end) = (find(&begin)?, find(&end)?);
    if end <= begin {
        return Err(format!("line {} ends the list of {what} before line {} begins it", end + 1, begin + 1));
    }
    let head = lines[..=begin].iter();
    let new: Vec<&str> = head.copied().chain(list.lines()).chain(lines[end..].iter().copied()).collect();
    Ok(new.join("\n") + "\n")
}

/// Refuses a manifest that Cargo could not read: a feature that stands inside and outside the markers.
fn parsed(manifest: &str) -> Result<(), String> {
    manifest.parse::<toml_edit::DocumentMut>().map(|_| ()).map_err(|e| e.to_string().trim_end().to_owned())
}

fn by_vendor(services: &[Service]) -> BTreeMap<&str, Vec<&Service>> {
    let mut vendors = BTreeMap::<&str, Vec<&Service>>::new();
    for service in services {
        vendors.entry(service.vendor()).or_default().push(service);
    }
    vendors
}

/// A feature for each service and for each part of one, and one for all.
fn features(services: &[Service]) -> String {
    let text: String = services.iter().map(features_of).collect();
    let stems = services.iter().map(|service| format!("    \"{}\",\n", service.stem));
    text + &format!("all-services = [\n{}]\n", stems.collect::<String>())
}

/// The features of a service: its own, which has all of its parts, and one for each part, which has the first.
fn features_of(service: &Service) -> String {
    let list = |names: &[&str]| names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    let requires: Vec<&str> = service.requires.iter().map(String::as_str).collect();
    let parts: Vec<&str> = service.features.iter().map(|part| part.cargo.as_str()).collect();
    let Some((first, further)) = parts.split_first() else {
        return format!("\"{}\" = [{}]\n", service.stem, list(&requires));
    };
    let all: String = parts.iter().map(|part| format!("    \"{part}\",\n")).collect();
    let further: String = further.iter().map(|part| format!("\"{part}\" = [\"{first}\"]\n")).collect();
    format!("\"{}\" = [\n{all}]\n\"{first}\" = [{}]\n{further}", service.stem, list(&requires))
}

/// Where the links of the README's table lead in the docs of the library, for the services that it is built with.
fn links(services: &[Service]) -> String {
    let link = |service: &Service| {
        let (vendor, module) = vendor_and_module(&service.stem);
        let stem = &service.stem;
        let (feature, link) = (
            format!("feature = \"{}\"", service.base_feature()),
            format!("doc = \"[{stem}]: crate::{vendor}::{module}::Client\""),
        );
        let line = format!("#![cfg_attr({feature}, {link})]\n");
        // As rustfmt lays it out.
        if line.len() <= WIDTH + 1 { line } else { format!("#![cfg_attr(\n    {feature},\n    {link}\n)]\n") }
    };
    services.iter().map(link).collect()
}

/// The declarations of the vendors' modules, each in a library with one of its services.
fn vendors(services: &[Service]) -> String {
    let vendor = |(vendor, services): (&str, Vec<&Service>)| {
        let features = services.iter().map(|service| format!("feature = \"{}\"", service.base_feature()));
        let features: Vec<_> = features.collect();
        let line = format!("#[cfg(any({}))]", features.join(", "));
        // As rustfmt lays it out.
        let condition = match (&features[..], line.len() <= WIDTH) {
            ([one], _) => format!("#[cfg({one})]"),
            (_, true) => line,
            (_, false) => format!("#[cfg(any(\n    {}\n))]", features.join(",\n    ")),
        };
        format!("{condition}\npub mod {vendor};\n")
    };
    by_vendor(services).into_iter().map(vendor).collect()
}

/// The declarations of a vendor's modules.
fn modules_of(services: &[&Service]) -> String {
    let module = |service: &&Service| {
        let (feature, module) = (service.base_feature(), vendor_and_module(&service.stem).1);
        format!("#[cfg(feature = \"{feature}\")]\npub mod {module};\n")
    };
    apart(services.iter().map(module))
}

/// Declarations of modules with lines between them, without which rustfmt sorts them: 1.10 behind 1.9, unlike files.
fn apart(modules: impl Iterator<Item = String>) -> String {
    modules.collect::<Vec<_>>().join("\n")
}

/// The declarations of the tour's modules, by vendor.
fn tour_modules(services: &[Service]) -> String {
    let module = |service: &&Service| format!("    pub(crate) mod {};\n", vendor_and_module(&service.stem).1);
    let vendor = |(vendor, services): (&str, Vec<&Service>)| {
        format!("mod {vendor} {{\n{}}}\n", apart(services.iter().map(module)))
    };
    by_vendor(services).into_iter().map(vendor).collect()
}

/// The specs that the fake cloud holds: file names and their texts.
fn embedded(services: &[Service]) -> String {
    let mut names: Vec<String> = services.iter().map(|s| file_name(s.files.first())).collect();
    names.sort();
    names.iter().map(|name| embedded_file(name)).collect()
}

/// A pair as rustfmt lays it out.
fn embedded_file(name: &str) -> String {
    let text = format!("include_str!(\"../../specs/{name}\")");
    let line = format!("    (\"{name}\", {text}),\n");
    if line.len() <= WIDTH + 1 {
        return line;
    }
    format!("    (\n        \"{name}\",\n        {text},\n    ),\n")
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// What the tour calls: the services, their operations, and the steps.
fn tour(services: &[Service]) -> String {
    let line = |service: &Service| {
        let (vendor, module) = vendor_and_module(&service.stem);
        let path = format!("{vendor}::{module}");
        format!("        service!(\"{}\", {path}),\n", service.stem)
    };
    services.iter().map(line).collect()
}

/// The table of services in the README.
fn table(services: &[Service]) -> String {
    let mut text = "\n| service | API version | module, feature | operations | authentication |\n".to_owned();
    text += "| --- | --- | --- | --- | --- |\n";
    for service in services {
        let (vendor, module) = vendor_and_module(&service.stem);
        let Service { title, version, stem, operations, .. } = service;
        let count = operations.len();
        let authentication = authentication(service);
        text += &format!(
            "| [{title}][{stem}] | {version} | `dbplane::{vendor}::{module}`, `{stem}` | {count} | {authentication} |\n"
        );
    }
    let link = |service: &Service| {
        let (vendor, module) = vendor_and_module(&service.stem);
        format!(
            "[{}]: https://docs.rs/dbplane/latest/dbplane/{vendor}/{module}/struct.Client.html\n",
            service.stem
        )
    };
    let parts: String = services.iter().map(parts).collect();
    text + "\n" + &services.iter().map(link).collect::<String>() + "\n" + &parts
}

/// The table of the parts of a service; nothing where it is one whole.
fn parts(service: &Service) -> String {
    let Service { title, stem, features, operations, .. } = service;
    let Some(first) = features.first() else { return String::new() };
    let rows = features.iter().map(|part| {
        let tagged = |o: &&Operation| o.tag.as_ref().is_some_and(|tag| part.tags.contains(tag));
        let count = operations.iter().filter(tagged).count();
        format!("| `{}` | {} | {count} |\n", part.cargo, part.tags.join(", "))
    });
    format!(
        "{title} is also available in parts, for shorter builds. Each part contains `{}`, and `{stem}` contains \
         all. A method that the compiler does not find may be in another part.\n\n| feature | operations for | operations |\n| --- | --- | --- |\n{}\n",
        first.cargo,
        rows.collect::<String>()
    )
}

/// How callers authenticate: the titles of the security schemes that the document names, `x-title` or the name.
fn authentication(service: &Service) -> String {
    let alternatives = service.json["security"].as_array().map(Vec::as_slice).unwrap_or_default();
    let names = alternatives.iter().filter_map(|a| a.as_object()?.keys().next());
    let titles = names.map(|name| {
        let scheme = &service.json["components"]["securitySchemes"][name];
        scheme["x-title"].as_str().unwrap_or(name).to_owned()
    });
    titles.collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\n# begin services: written by `cargo xtask generate`\nold\n# end services\nb\n";

    #[test]
    fn what_is_between_the_markers_is_replaced_and_the_rest_stays() {
        let new = renewed(TEXT, "services", "x\ny\n").unwrap();
        assert_eq!(new, TEXT.replace("old", "x\ny"));
        assert_eq!(renewed(&new, "services", "x\ny\n").unwrap(), new);
        assert_eq!(renewed(TEXT, "services", "").unwrap(), TEXT.replace("old\n", ""));
    }

    #[test]
    fn markers_that_lack_or_repeat_or_cross_are_refused() {
        let refused = |text: &str| renewed(text, "services", "x\n").unwrap_err();
        assert!(refused("nothing\n").contains("no line has the marker `begin services"));
        assert!(
            refused(&TEXT.replace("# end services\n", "")).contains("no line has the marker `end services`")
        );
        assert!(refused(&format!("{TEXT}{TEXT}")).contains("several lines"));
        let crossed = "# end services\n# begin services: written by `cargo xtask generate`\n";
        assert!(refused(crossed).contains("line 1 ends the list of services before line 2 begins it"));
    }

    #[test]
    fn a_feature_inside_and_outside_the_markers_is_refused() {
        assert!(parsed("[features]\na = []\n").is_ok());
        assert!(parsed("[features]\na = []\na = []\n").unwrap_err().contains("duplicate key"));
    }

    fn service(more: &str) -> Service {
        let text =
            format!("openapi: 3.0.3\ninfo: {{title: T, version: '1', description: D}}\n{more}paths: {{}}\n");
        let document = dbplane_codegen::spec::Document::read("vendor-things-1.3.yaml", &text).unwrap();
        dbplane_codegen::spec::read("vendor-things-1.3", &document).0
    }

    #[test]
    fn services_become_features_modules_and_names() {
        let [whole, in_parts] = ["", "x-features:\n  first: [Things]\n  more: [Others]\n"].map(service);
        assert_eq!(
            modules_of(&[&whole, &in_parts]),
            "#[cfg(feature = \"vendor-things-1.3\")]\npub mod things_1_3;\n\n\
             #[cfg(feature = \"vendor-things-1.3-first\")]\npub mod things_1_3;\n"
        );
        assert_eq!(features_of(&whole), "\"vendor-things-1.3\" = []\n");
        assert_eq!(
            features_of(&in_parts),
            "\"vendor-things-1.3\" = [\n    \"vendor-things-1.3-first\",\n    \"vendor-things-1.3-more\",\n]\n\
             \"vendor-things-1.3-first\" = []\n\"vendor-things-1.3-more\" = [\"vendor-things-1.3-first\"]\n"
        );
        let long = embedded_file("samsung-a-product-with-a-long-name-1.3.overlay.yaml");
        assert!(long.lines().count() == 4 && long.lines().all(|line| line.len() <= WIDTH), "{long}");
        assert_eq!(embedded_file("huawei-iam-v3.yaml").lines().count(), 1);
        assert_eq!(file_name("specs/samsung-mysql-1.3.overlay.yaml"), "samsung-mysql-1.3.overlay.yaml");
    }
}
