//! Finds the operation for a path and method.
//!
//! Problem: path templates of one spec can overlap (`/a/{id}` and `/a/list`). A template with literal text has
//! precedence over one with a parameter in the same place. Operations can also share method and path and differ in the
//! body alone; then the one whose schema fits the body down to the greatest depth is selected.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::Request;
use crate::spec::operation::Operation;

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter(String),
}

#[derive(Debug)]
struct Route {
    segments: Vec<Segment>,
    operation: Arc<Operation>,
}

/// All routes of a service.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    routes: Vec<Route>,
}

/// The operation of a request, and the raw values of its path parameters.
#[derive(Debug)]
pub(crate) struct Match<'r> {
    pub(crate) operation: &'r Arc<Operation>,
    pub(crate) parameters: Vec<(String, String)>,
}

impl Routes {
    pub(crate) fn new(operations: impl IntoIterator<Item = Arc<Operation>>) -> Self {
        let route = |operation: Arc<Operation>| Route { segments: template(&operation.path), operation };
        let mut routes: Vec<Route> = operations.into_iter().map(route).collect();
        let shape = |route: &Route| -> Vec<bool> {
            route.segments.iter().map(|s| matches!(s, Segment::Parameter(_))).collect()
        };
        routes.sort_by_key(shape);
        Self { routes }
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = &Arc<Operation>> {
        self.routes.iter().map(|route| &route.operation)
    }

    /// Finds the operation.
    ///
    /// # Errors The path is unknown, or does not have this method.
    pub(crate) fn find(&self, request: &Request) -> Result<Match<'_>, Refusal> {
        let path = request.path();
        let fitting: Vec<(&Route, Vec<(String, String)>)> =
            self.routes.iter().filter_map(|route| Some((route, route.fit(path)?))).collect();
        if fitting.is_empty() {
            return Err(Refusal::new(RefusalKind::NoSuchPath, format!("no operation has the path {path}")));
        }
        let methods: Vec<&str> = fitting.iter().map(|(route, _)| route.operation.method.as_str()).collect();
        let allow = methods.join(", ");
        let mut found: Vec<_> =
            fitting.into_iter().filter(|(route, _)| route.operation.method == request.method).collect();
        let first = found.first().map(|(route, _)| Arc::clone(&route.operation));
        found.retain(|(route, _)| first.as_ref().is_some_and(|first| first.path == route.operation.path));
        if found.len() > 1 {
            found.sort_by_key(|(route, _)| Reverse(route.operation.fit(&request.body)));
        }
        let found = found.into_iter().next();
        found.map(|(route, parameters)| Match { operation: &route.operation, parameters }).ok_or_else(|| {
            let problem = format!("{} is no method of {path}, which has {allow}", request.method);
            Refusal::new(RefusalKind::WrongMethod(allow), problem)
        })
    }
}

impl Route {
    fn fit(&self, path: &str) -> Option<Vec<(String, String)>> {
        let mut parameters = Vec::new();
        let mut parts = path.strip_prefix('/')?.split('/');
        for segment in &self.segments {
            match (segment, parts.next()?) {
                (Segment::Literal(text), part) if text == part => {}
                (Segment::Parameter(name), part) if !part.is_empty() => {
                    parameters.push((name.clone(), part.to_owned()));
                }
                _ => return None,
            }
        }
        parts.next().is_none().then_some(parameters)
    }
}

fn template(path: &str) -> Vec<Segment> {
    let segment = |part: &str| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
        Some(name) => Segment::Parameter(name.to_owned()),
        None => Segment::Literal(part.to_owned()),
    };
    path.trim_start_matches('/').split('/').map(segment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes {
        let list = [("GET", "/a/{id}"), ("GET", "/a/list"), ("POST", "/a/{id}/b"), ("PUT", "/a/{id}")];
        Routes::new(list.map(|(method, path)| Arc::new(Operation::bare(method, path))))
    }

    fn find(method: &str, target: &str) -> Result<String, RefusalKind> {
        routes().find(&Request::bare(method, target)).map(|m| m.operation.path.clone()).map_err(|r| r.kind)
    }

    #[test]
    fn literals_win() {
        assert_eq!(find("GET", "/a/list?x=1").unwrap(), "/a/list");
        assert_eq!(find("GET", "/a/lists").unwrap(), "/a/{id}");
        assert_eq!(find("PUT", "/a/list").unwrap(), "/a/{id}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for path in ["/a", "/a/", "/a/1/", "/a//b", "//a/1", "/A/1", "", "*"] {
            assert_eq!(find("GET", path), Err(RefusalKind::NoSuchPath), "{path}");
        }
        assert_eq!(find("DELETE", "/a/1"), Err(RefusalKind::WrongMethod("GET, PUT".to_owned())));
        assert_eq!(find("get", "/a/1"), Err(RefusalKind::WrongMethod("GET, PUT".to_owned())));
    }
}
