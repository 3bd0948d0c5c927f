//! The habits of other vendors' pages: other headings, columns and languages are read right, or told.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

mod spoilt;

use dbplane_pages::facts::{Page, Place};
use spoilt::page;

/// A page whose parts are given; its address has a variable, so that a table below it is of the path.
fn lamps(request: (&str, &str), response: (&str, &str)) -> String {
    format!(
        "# Changing a Lamp\n\n## URI\n\nPUT /v2/{{lamp_id}}/lamp\n\n\
         | Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| lamp_id | Yes | String | The lamp. |\n\n\
         ## {}\n\n{}\n\n## {}\n\n{}\n",
        request.0, request.1, response.0, response.1
    )
}

const REQUEST: &str = "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n\
                       | brightness | Yes | Integer | Percent. |\n| colour | No | String | The colour. |";
const RESPONSE: &str = "| Parameter | Type | Description |\n|---|---|---|\n| job_id | String | The job. |";

/// What the page states of bodies: name, type and whether it is required.
fn bodies(page: &Page) -> Vec<String> {
    let operation = &page.operations[0];
    let request = operation.request.iter().flat_map(|body| &body.fields);
    let response = operation.responses.iter().filter_map(|r| r.body.as_ref()).flat_map(|body| &body.fields);
    request.chain(response).map(|f| format!("{} {} {:?}", f.name, f.ty, f.required)).collect()
}

const ALL: [&str; 3] = ["brightness integer Some(true)", "colour string Some(false)", "job_id string None"];

#[test]
fn sections_are_known_by_the_headings_of_other_vendors() {
    for (request, response) in [
        ("Request body", "Response body"),
        ("2. Input Parameters", "3. Output Parameters"),
        ("Arguments", "Returns"),
        ("Request elements", "Response elements"),
        ("Payload", "Result"),
        ("Body parameters", "Response"),
        ("Paramètres de la requête", "Paramètres de la réponse"),
        ("Anfrageparameter", "Antwortparameter"),
        ("Параметры запроса", "Параметры ответа"),
    ] {
        let page = page(&lamps((request, REQUEST), (response, RESPONSE)));
        assert_eq!((bodies(&page), page.gaps.len()), (ALL.map(str::to_owned).to_vec(), 0), "{request}");
    }
}

/// Below a heading that is not known, a table is of nothing that is.
#[test]
fn tables_below_unknown_headings_are_told() {
    for (request, response) in [
        ("What you send", "What you get"),
        ("İstek", "Yanıt"),
        ("Anfragekram", "200 OK"),
        ("Request parameters", "Return values"),
    ] {
        let page = page(&lamps((request, REQUEST), (response, RESPONSE)));
        let operation = &page.operations[0];
        assert!(page.gaps.iter().all(|gap| gap.rule == "unread") && !page.gaps.is_empty(), "{request}");
        assert!(operation.parameters.iter().all(|p| p.place == Place::Path), "{request}: {operation:?}");
        assert!(!bodies(&page).contains(&ALL[2].to_owned()) || operation.request.is_none(), "{request}");
    }
}

/// Captions say what a table holds, whatever the heading is.
#[test]
fn captions_hold_below_unknown_headings() {
    let request = format!("**Table 2** Request body parameters\n\n{REQUEST}");
    let response = format!("**Table 3** Response body parameters\n\n{RESPONSE}");
    let page = page(&lamps(("What you send", &request), ("What you get", &response)));
    assert_eq!((bodies(&page), page.gaps.len()), (ALL.map(str::to_owned).to_vec(), 0));
}

#[test]
fn a_column_says_where_each_parameter_stands() {
    let table = "| Name | In | Required | Type | Description |\n|---|---|---|---|---|\n\
                 | verbose | query | False | boolean | More. |\n| X-Trace | header | False | string | Trace. |\n\
                 | brightness | body | True | integer | Percent. |\n| where | cookie | True | integer | Percent. |";
    let page = page(&lamps(("Request parameters", table), ("Response", RESPONSE)));
    let places: Vec<_> =
        page.operations[0].parameters.iter().map(|p| (p.place, p.field.name.as_str())).collect();
    assert_eq!(places, [(Place::Path, "lamp_id"), (Place::Query, "verbose"), (Place::Header, "X-Trace")]);
    assert_eq!(bodies(&page), [ALL[0], ALL[2]]);
    assert_eq!(page.gaps.len(), 1, "{:?}", page.gaps);
}

#[test]
fn types_beside_names_and_marks_for_yes_are_read() {
    let beside = "| Parameter | Description |\n|---|---|\n| brightness (Integer, required) | Percent. |\n\
                  | colour (String, optional) | The colour. |";
    let marks = REQUEST.replace("| Yes |", "| ✓ |").replace("| No |", "| ✗ |");
    for request in [beside, &marks] {
        let page = page(&lamps(("Request parameters", request), ("Response", RESPONSE)));
        assert_eq!((bodies(&page), page.gaps.len()), (ALL.map(str::to_owned).to_vec(), 0), "{request}");
    }
}

#[test]
fn tables_are_read_in_more_languages_and_a_word_alone_is_no_object() {
    for (header, yes, no, integer, text) in [
        ("| Paramètre | Obligatoire | Type | Description |", "Oui", "Non", "Entier", "Chaîne"),
        ("| Parameter | Erforderlich | Typ | Beschreibung |", "Ja", "Nein", "Ganzzahl", "Zeichenkette"),
        ("| Параметр | Обязательный | Тип | Описание |", "Да", "Нет", "Целое число", "Строка"),
    ] {
        let rows = format!("| brightness | {yes} | {integer} | x |\n| colour | {no} | {text} | x |");
        let page = page(&lamps(
            ("Request parameters", &format!("{header}\n|---|---|---|---|\n{rows}")),
            ("Response", RESPONSE),
        ));
        assert_eq!((bodies(&page), page.gaps.len()), (ALL.map(str::to_owned).to_vec(), 0), "{header}");
    }
    let foreign = REQUEST.replace("| String |", "| Dize |");
    let read = page(&lamps(("Request parameters", &foreign), ("Response", RESPONSE)));
    assert_eq!(bodies(&read)[1], "colour `Dize` Some(false)");
}

/// Rows whose names have a dot stand in the object before the dot, also where its type has a table of its own.
#[test]
fn rows_with_dots_stand_in_their_object() {
    let rows = "| lamp | Array of Lamp objects | The lamp. |\n| lamp.name | String | Its name. |";
    let response = RESPONSE.replace("| job_id | String | The job. |", rows);
    let table = "**Table 7** Lamp\n\n| Parameter | Type | Description |\n|---|---|---|\n| state | String | Its state. |";
    for (response, names) in
        [(response.clone(), vec!["name"]), (format!("{response}\n\n{table}"), vec!["name", "state"])]
    {
        let page = page(&lamps(("Request parameters", REQUEST), ("Response parameters", &response)));
        let body = page.operations[0].responses[0].body.as_ref().unwrap();
        assert_eq!(body.fields.len(), 1, "{body:?}");
        let inside: Vec<_> = body.inside(&body.fields[0]).iter().map(|f| f.name.as_str()).collect();
        assert_eq!((inside, page.gaps.len()), (names, 0));
    }
}
