//! German.

use super::{CaptionWord, Column, Language, Mark, Section, Topic};

pub(super) static WORDS: Language = Language {
    sections: &[
        (Section::Function, &["funktion", "überblick", "api-beschreibung"]),
        (Section::RequestPath, &["anfragepfad", "pfad der anfrage"]),
        (
            Section::RequestParameters,
            &[
                "anfrageparameter",
                "anforderungsparameter",
                "eingabeparameter",
                "anfrage",
                "anforderung",
                "anfragetext",
            ],
        ),
        (
            Section::ResponseParameters,
            &["antwortparameter", "ausgabeparameter", "rückgabeparameter", "antwort", "antworttext"],
        ),
        (
            Section::RequestExample,
            &[
                "beispielanfrage",
                "beispielanfragen",
                "beispielanforderung",
                "beispielanforderungen",
                "anfragebeispiel",
            ],
        ),
        (Section::ResponseExample, &["beispielantwort", "beispielantworten", "antwortbeispiel"]),
        (Section::StatusCodes, &["statuscode", "statuscodes"]),
        (Section::ErrorCodes, &["fehlercode", "fehlercodes"]),
        (Section::Remark, &["einschränkungen", "hinweise", "hinweis", "voraussetzungen"]),
    ],
    columns: &[
        (Column::Name, &["feld", "parametername", "eigenschaft"]),
        (Column::Required, &["erforderlich", "obligatorisch", "pflicht", "pflichtfeld"]),
        (Column::Type, &["typ", "datentyp", "parametertyp"]),
        (Column::Description, &["beschreibung", "bedeutung", "erläuterung"]),
        (Column::Example, &["beispiel", "beispielwert"]),
        (Column::Default, &["standard", "standardwert", "voreinstellung"]),
        (Column::Range, &["wertebereich", "bereich"]),
        (Column::Code, &["statuscode", "http-statuscode"]),
    ],
    topics: &[
        (Topic::Constraints, &["einschränkungen"]),
        (Topic::Range, &["bereich", "wertebereich"]),
        (Topic::Default, &["standardwert"]),
    ],
    captions: &[
        (CaptionWord::Table, &["tabelle"]),
        (CaptionWord::Parameters, &["felder", "elemente", "anfrageparameter", "antwortparameter"]),
        (CaptionWord::Header, &["kopfzeile", "kopfzeilen", "anfrageheader", "header-parameter"]),
        (CaptionWord::Query, &["abfrage", "abfrageparameter", "query-parameter"]),
        (CaptionWord::Path, &["pfad", "pfadparameter", "pfad-parameter"]),
        (CaptionWord::Body, &["anfragetext", "antworttext", "text", "rumpf"]),
        (CaptionWord::Filler, &["der", "des", "im", "in", "die", "das", "beschreibung"]),
    ],
    marks: &[
        (Mark::Yes, &["ja", "erforderlich", "pflicht", "obligatorisch"]),
        (Mark::No, &["nein", "fakultativ"]),
        (Mark::Nothing, &["keine", "keiner", "entfällt", "nicht zutreffend"]),
        (Mark::Status, &["statuscode"]),
        (Mark::Updated, &["aktualisiert am", "zuletzt aktualisiert"]),
        (
            Mark::Deprecated,
            &["ist veraltet", "sind veraltet", "wird nicht mehr unterstützt", "wird eingestellt"],
        ),
        (Mark::Withdrawn, &["veraltet", "eingestellt"]),
    ],
};
