//! The same page in the forms in which pages are saved: read as well, or told to be unread.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

mod spoilt;

use dbplane_pages::facts;
use spoilt::{cells, found, page, rows, rules, text, without};

const HUAWEI: [&str; 2] = ["huawei-topics.md", "huawei-lists.md"];
const OTHERS: [&str; 3] = ["huawei-lists.md", "oceanbase.md", "huawei-topics.md"];

#[test]
fn tables_need_no_captions() {
    for file in HUAWEI {
        assert_eq!(found(&without(&text(file), "Table")), [""; 0], "{file}");
        let x = text(file).replace("**Table ", "**Table X").replace("X1**", "X**");
        assert_eq!(found(&without(&x, "Table X")), [""; 0], "{file}");
    }
    for (from, to) in [
        ("Request header parameters", "Parameters in the request header"),
        ("Response body parameters", "Parameters in the response body"),
        ("Path Parameters", "Parameter description"),
        ("**Table 4** Response", "**Table 2-4** Response"),
        ("Request header parameters", "Request header"),
        ("Request header parameters", "Header fields of the request"),
        ("Response body parameters", "Response message body"),
        ("Path Parameters", "Parameters in the URI"),
        ("#### Response Parameters", "#### Returned data"),
        ("#### Response Parameters", "#### Responses"),
        ("#### Request Parameters", "#### 3. Request Parameters"),
        ("#### URI", "#### 2. URI"),
    ] {
        assert_eq!(found(&text("huawei-lists.md").replace(from, to)), [""; 0], "{to}");
    }
}

#[test]
fn tables_need_no_frames() {
    for file in OTHERS {
        let bare = rows(&text(file), |line| cells(line).join(" | "));
        assert_eq!(found(&bare), [""; 0], "{file}: pipes that begin no line");
        let tabs = |line: &str| if line.contains("---") { String::new() } else { cells(line).join("\t") };
        let copied = rows(&text(file).replace("<br>", " "), tabs);
        let expected: Vec<String> = found(&text(file).replace("<br>", " "));
        assert_eq!(found(&copied).len(), expected.len(), "{file}: tabs {:#?}", found(&copied));
    }
    // As a browser copies cells with paragraphs.
    let paragraphs =
        |line: &str| if line.contains("---") { String::new() } else { cells(line).join("\n\t\n") };
    let copied = rows(&text("oceanbase.md"), paragraphs);
    assert_eq!(found(&copied), [""; 0]);
    // A cell per line, with the pipes behind them.
    let stacked = |line: &str| if line.contains("---") { String::new() } else { cells(line).join(" |\n") };
    assert_eq!(found(&rows(&text("huawei-lists.md"), stacked).replace("<br>", "\n")), [""; 0]);
}

/// A paragraph of a cell to a line and nothing else, with captions and without.
#[test]
fn cells_may_stand_on_lines_alone() {
    for file in OTHERS {
        let stacked = |line: &str| if line.contains("---") { String::new() } else { cells(line).join("\n") };
        let saved = rows(&text(file).replace("|  |", "| - |"), stacked).replace("<br>", "\n");
        let saved = saved.replace("# Add a book\n", "Add a book\n");
        assert_eq!(found(&saved), [""; 0], "{file}: {saved}");
        assert_eq!(found(&without(&saved, "Table")), [""; 0], "{file}: without captions");
    }
}

#[test]
fn lines_may_end_with_a_carriage_return_alone() {
    for file in OTHERS {
        assert_eq!(found(&text(file).replace('\n', "\r")), [""; 0], "{file}");
        assert_eq!(found(&text(file).replace('\n', "\r\n")), [""; 0], "{file}");
    }
}

/// The first field is called like a column; the header is still only what it was.
#[test]
fn fields_may_be_called_like_columns() {
    let named = |text: String| {
        text.replace("| limit | No |", "| version | No |")
            .replace("| name | String | Name", "| status | String | Name")
    };
    let whole: Vec<&str> = rules(&named(text("huawei-lists.md")));
    for join in ["\t", " | ", " |\n"] {
        let line = |line: &str| {
            if line.contains("---") {
                String::new()
            } else {
                cells(line).join(join) + if join.ends_with('\n') { " |" } else { "" }
            }
        };
        let bare = rows(&named(text("huawei-lists.md")).replace("<br>", " "), line);
        assert_eq!(rules(&bare), whole, "{join:?}: {:#?}", found(&bare));
    }
}

#[test]
fn a_row_that_paragraphs_break_is_joined() {
    let broken = text("samsung.txt").replace("| size Example : 20 | any of", "| size Example : 20\n| any of");
    assert_ne!(broken, text("samsung.txt"));
    assert_eq!(found(&broken), [""; 0]);
    let broken = text("oceanbase.md")
        .replace("| No | How many pages. | 635 |", "| No | How many pages.\nNote: not few |\n635 |");
    assert_eq!(found(&broken), [""; 0]);
}

#[test]
fn an_address_may_be_an_item_and_have_a_host() {
    for line in [
        "1. POST /v2/{project\\_id}/lamps/search",
        "* URI format: POST /v2/{project\\_id}/lamps/search",
        "POST {Endpoint}/v2/{project\\_id}/lamps/search",
        "POST lamps.example.com/v2/{project\\_id}/lamps/search",
        "POST http(s)://{Endpoint}/v2/{project\\_id}/lamps/search",
        "**POST** */v2/{project\\_id}/lamps/search*",
        "```\nPOST /v2/{project_id}/lamps/search\n```",
        "- POST /v2/{project\\_id}/lamps/search",
        "-   URI format\n\n    POST https://{Endpoint}/v2/{project\\_id}/lamps/search",
        "POST https://\\{*Endpoint*\\}/v2/\\{project\\_id\\}/lamps/search",
    ] {
        let moved = text("huawei-lists.md").replacen("POST /v2/{project\\_id}/lamps/search", line, 1);
        assert_eq!(found(&moved), [""; 0], "{line}");
    }
}

#[test]
fn parts_of_html_and_single_files_are_html() {
    for file in ["huawei-topics.html", "huawei-lists.html", "oceanbase.html", "samsung.html"] {
        let whole = text(file);
        let shown = |text: &str| facts::json(&page(text), false);
        let from = whole.find("<h").map(|at| whole[at..].find("<h1").map_or(at, |h1| at + h1)).unwrap();
        let part = whole[from..].replace("</body>", "").replace("</html>", "");
        assert_eq!(shown(&part)["operations"], shown(&whole)["operations"], "{file}: part");
        let encoded = whole.replace('=', "=3D").replace('\u{a0}', "=C2=A0");
        let mail = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}\r\n--b--\r\n"
        );
        assert_eq!(shown(&mail)["operations"], shown(&whole)["operations"], "{file}: MHTML");
    }
}

#[test]
fn blanks_and_entities_change_nothing() {
    for (file, from, to) in [
        ("oceanbase.txt", "curl --", "\u{a0}curl\u{a0}--"),
        ("oceanbase.md", "| title |", "|&nbsp;title&#160;|"),
        ("huawei-lists.md", "Array of Lamp objects", "Array&nbsp;of\u{a0}Lamp objects"),
        ("huawei-lists.md", "#### URI", "#### URI<a name=\"section1\"></a>"),
    ] {
        let spoilt = text(file).replacen(from, to, 1);
        assert_ne!(spoilt, text(file), "{file}");
        assert_eq!(found(&spoilt), [""; 0], "{to}");
    }
}

#[test]
fn headings_of_other_languages_are_known() {
    let base = text("huawei-lists.md").replace("<br>", " ");
    let base = base.replace(
        "**Parameter description**: Project of the lamps. **Restrictions**: N/A **Value range**: ",
        "",
    );
    let base = base.replace(" **Default value**: N/A", "");
    let words = [
        "Table",
        "Path Parameters",
        "Query Parameters",
        "Request header parameters",
        "Response body parameters",
    ];
    let heads = ["Parameter", "Mandatory", "Type", "Description"];
    let sections = [
        "#### Function",
        "#### Request Parameters",
        "#### Response Parameters",
        "#### Example Requests",
        "#### Example Responses",
    ];
    let rest = ["Status code", "#### Status Codes", "| Status Code |", " Yes ", " No "];
    for (language, captions, columns, headings, others) in [
        (
            "Portuguese",
            [
                "Tabela",
                "Parâmetros de caminho",
                "Parâmetros de consulta",
                "Parâmetros do cabeçalho da solicitação",
                "Parâmetros do corpo da resposta",
            ],
            ["Parâmetro", "Obrigatório", "Tipo", "Descrição"],
            [
                "#### Função",
                "#### Parâmetros de solicitação",
                "#### Parâmetros de resposta",
                "#### Exemplo de solicitação",
                "#### Exemplo de resposta",
            ],
            ["Código de status", "#### Códigos de status", "| Código de status |", " Sim ", " Não "],
        ),
        (
            "Spanish",
            [
                "Tabla",
                "Parámetros de ruta",
                "Parámetros de consulta",
                "Parámetros del encabezado de la solicitud",
                "Parámetros del cuerpo de la respuesta",
            ],
            ["Parámetro", "Obligatorio", "Tipo", "Descripción"],
            [
                "#### Función",
                "#### Parámetros de la solicitud",
                "#### Parámetros de la respuesta",
                "#### Ejemplo de solicitud",
                "#### Ejemplo de respuesta",
            ],
            ["Código de estado", "#### Códigos de estado", "| Código de estado |", " Sí ", " No "],
        ),
        (
            "Chinese",
            ["表", "路径参数", "Query参数", "请求Header参数", "响应Body参数"],
            ["参数", "是否必选", "参数类型", "描述"],
            ["#### 功能介绍", "#### 请求参数", "#### 响应参数", "#### 请求示例", "#### 响应示例"],
            ["状态码", "#### 状态码", "| 状态码 |", " 是 ", " 否 "],
        ),
        (
            "Japanese",
            [
                "表",
                "パスパラメーター",
                "クエリパラメーター",
                "リクエストヘッダーパラメーター",
                "レスポンスボディパラメーター",
            ],
            ["パラメーター", "必須", "タイプ", "説明"],
            [
                "#### 機能",
                "#### リクエストパラメーター",
                "#### レスポンスパラメーター",
                "#### リクエスト例",
                "#### レスポンス例",
            ],
            ["ステータスコード", "#### ステータスコード", "| ステータスコード |", " はい ", " いいえ "],
        ),
        (
            "Korean",
            ["표", "경로 매개변수", "쿼리 매개변수", "요청 헤더 매개변수", "응답 본문 매개변수"],
            ["매개변수", "필수", "유형", "설명"],
            ["#### 개요", "#### 요청 매개변수", "#### 응답 매개변수", "#### 요청 예시", "#### 응답 예시"],
            ["상태 코드", "#### 상태 코드", "| 상태 코드 |", " 예 ", " 아니요 "],
        ),
    ] {
        let mut told = base.clone();
        let pairs = sections.iter().zip(headings).chain(rest.iter().zip(others));
        let pairs = pairs.chain(words.iter().skip(1).zip(captions.into_iter().skip(1)));
        pairs.for_each(|(from, to)| told = told.replace(from, to));
        told = told.replace("**Table", &format!("**{}", captions[0]));
        for (from, to) in heads.iter().zip(columns) {
            told = told.replace(&format!("| {from} |"), &format!("| {to} |"));
            told = told.replace(&format!("| {from} |"), &format!("| {to} |"));
        }
        assert_eq!(found(&told), [""; 0], "{language}\n{told}");
    }
}

#[test]
fn merged_cells_belong_to_all_their_rows() {
    let base = text("huawei-lists.html");
    let merged = base.replacen(
        "<tr><td><p>room</p></td><td><p>String</p></td>",
        "<tr><td><p>room</p></td><td rowspan=\"2\"><p>Integer</p></td>",
        1,
    );
    let merged =
        merged.replacen("<tr><td><p>floor</p></td><td><p>Integer</p></td>", "<tr><td><p>floor</p></td>", 1);
    assert_ne!(merged, base);
    assert_eq!(
        rules(&merged),
        ["type-changed", "example-mismatch"].map(|r| r).into_iter().take(1).collect::<Vec<_>>()
    );
}

#[test]
fn objects_are_found_by_their_fields() {
    let base = text("huawei-lists.md");
    let old =
        base.replace("Array of Lamp objects | Lamps", "Array of objects | Lamps. For details, see Table 5.");
    assert_eq!(found(&old), [""; 0], "by a reference");
    let old = base
        .replace("Array of Lamp objects", "Array of objects")
        .replace("**Table 5** Lamp\n", "**Table 5** lamps field description\n");
    assert_eq!(found(&old), [""; 0], "by the field's own name");
    for dotted in ["lamps.place", "place"] {
        let old = old
            .replace("LampPlace object", "Object")
            .replace("**Table 6** LampPlace\n", &format!("**Table 6** {dotted}\n"))
            .replace("| floor | Integer |", "| floor | Boolean |");
        assert_eq!(rules(&old)[0], "type-changed", "{dotted}: {:#?}", found(&old));
    }
    let changed = old.replace("| created | Long |", "| created | Boolean |");
    assert_eq!(rules(&changed)[0], "type-changed");
    let lost = base
        .replace("Array of Lamp objects", "Array of objects")
        .replace("**Table 5** Lamp\n", "**Table 5** Candles\n")
        .replace("\"name\"", "\"nom\"");
    assert!(rules(&lost).contains(&"unread"), "{:#?}", found(&lost));
}

#[test]
fn a_print_view_without_borders_is_read() {
    let borderless = |line: &str| {
        if line.contains("---") {
            return String::new();
        }
        let cells = cells(line);
        let words = ["query", "path", "header", "body"];
        let Some(at) =
            cells.get(1).and_then(|name| name.find([' '])).filter(|_| words.contains(&cells[0].as_str()))
        else {
            return cells.concat();
        };
        let (name, need) = cells[1].split_at(at);
        let rest =
            if cells.len() > 3 { format!("{}\n{}", cells[2], cells[3..].concat()) } else { cells[2].clone() };
        format!("{}{name}\n{}\n{rest}", cells[0], need.trim())
    };
    let saved = rows(&text("samsung.txt"), borderless);
    assert!(saved.contains("TypeNameDescriptionSchemaDefault") && saved.contains("202AcceptedAsyncResponse"));
    assert_eq!(found(&saved), [""; 0], "{saved}");
    let lost = saved.replace("any of [integer, null]20", "something else");
    assert!(rules(&lost).contains(&"unread"), "{:#?}", found(&lost));
    assert!(!rules(&lost).iter().any(|rule| rule.ends_with("-removed")), "{:#?}", found(&lost));
}

#[test]
fn requirements_in_words_are_read() {
    let with = |cell: &str| {
        text("oceanbase.md")
            .replace("| pageCount | Integer | No |", &format!("| pageCount | Integer | {cell} |"))
    };
    let field = |text: &str| {
        let page = page(text);
        let fields = page.operations[0].request.as_ref().unwrap().fields.clone();
        fields.into_iter().find(|f| f.name == "pageCount").unwrap()
    };
    let read = field(&with("No. The default value is \"10\"."));
    assert_eq!((read.required, read.default.as_deref()), (Some(false), Some("10")));
    let read = field(&with("Conditionally required"));
    assert!(read.conditional && read.required.is_none());
    let read = field(&with("Only for clusters"));
    assert!(read.conditional && read.unread.is_some(), "{read:?}");
}

#[test]
fn flat_tables_nest_as_their_examples_do() {
    let base = text("oceanbase.md");
    let rows = "| data | object | The data. | |\n| shelf | string | The shelf. | |\n| data.room | string | The room. | |\n| requestId |";
    let flat = base.replacen(
        "| requestId | string | The request ID.",
        &format!("{rows} string | The request ID."),
        1,
    );
    let flat =
        flat.replacen("\"requestId\"", "\"data\": {\"shelf\": \"s\", \"room\": \"r\"},\n  \"requestId\"", 1);
    assert_ne!(flat, base);
    let page = page(&flat);
    let body = page.operations[0].responses[0].body.clone().unwrap();
    let data = body.fields.iter().find(|f| f.name == "data").unwrap_or_else(|| panic!("{body:#?}"));
    let names: Vec<&str> = data.fields.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["room", "shelf"]);
    assert!(!body.fields.iter().any(|f| f.name == "shelf"));
}

#[test]
fn a_variable_that_is_renamed_in_the_path_only_is_told() {
    let renamed = text("oceanbase.md").replace("/shelves/{shelfId}/", "/shelves/{shelf}/");
    assert!(rules(&renamed).contains(&"variable-renamed"), "{:#?}", found(&renamed));
}

#[test]
fn headers_of_the_protocol_are_no_parameters() {
    let row = "| Content-Type | Yes | String | application/json |\n| X-Auth-Token |";
    let more = text("huawei-lists.md").replace("| X-Auth-Token |", row);
    assert_eq!(rules(&more), [""; 0]);
}

/// A description that was saved on one line says what its topics say.
#[test]
fn topics_on_one_line_are_read() {
    let saved = text("huawei-topics.md").replace("<br>", " ");
    assert_eq!(found(&saved), [""; 0]);
}
