//! Spanish.

use super::{CaptionWord, Column, Language, Mark, Section, Topic};

pub(super) static WORDS: Language = Language {
    sections: &[
        (Section::Function, &["función", "descripción general"]),
        (Section::RequestPath, &["ruta de la solicitud"]),
        (Section::RequestParameters, &["parámetros de solicitud", "parámetros de la solicitud", "solicitud"]),
        (
            Section::ResponseParameters,
            &["parámetros de respuesta", "parámetros de la respuesta", "respuesta"],
        ),
        (
            Section::RequestExample,
            &[
                "ejemplo de solicitud",
                "ejemplos de solicitud",
                "ejemplo de la solicitud",
                "solicitud de ejemplo",
            ],
        ),
        (
            Section::ResponseExample,
            &[
                "ejemplo de respuesta",
                "ejemplos de respuesta",
                "ejemplo de la respuesta",
                "respuesta de ejemplo",
            ],
        ),
        (Section::StatusCodes, &["código de estado", "códigos de estado"]),
        (Section::ErrorCodes, &["código de error", "códigos de error"]),
        (Section::Remark, &["restricciones", "información de autorización", "depuración", "notas"]),
    ],
    columns: &[
        (Column::Name, &["parámetro", "nombre", "nombre del parámetro"]),
        (Column::Required, &["obligatorio", "obligatoria", "requerido"]),
        (Column::Type, &["tipo", "tipo de parámetro", "tipo del parámetro"]),
        (Column::Description, &["descripción"]),
        (Column::Example, &["ejemplo", "valor de ejemplo"]),
        (Column::Default, &["valor predeterminado", "valor por defecto"]),
        (Column::Range, &["rango de valores"]),
        (Column::Code, &["código de estado"]),
        (Column::Version, &["versión"]),
    ],
    topics: &[
        (Topic::Definition, &["definición", "explicación"]),
        (Topic::Constraints, &["restricciones"]),
        (Topic::Range, &["rango", "rango de valores"]),
        (Topic::Default, &["valor predeterminado", "valor por defecto"]),
    ],
    captions: &[
        (CaptionWord::Table, &["tabla"]),
        (CaptionWord::Parameters, &["parámetro", "parámetros", "elementos"]),
        (CaptionWord::Header, &["encabezado", "cabecera"]),
        (CaptionWord::Query, &["consulta"]),
        (CaptionWord::Path, &["ruta"]),
        (CaptionWord::Body, &["cuerpo"]),
        (
            CaptionWord::Filler,
            &[
                "descripción",
                "del",
                "de",
                "la",
                "el",
                "campo",
                "parámetro",
                "parámetros",
                "objeto",
                "estructura",
            ],
        ),
    ],
    marks: &[
        (Mark::Yes, &["sí", "si", "obligatorio"]),
        (Mark::No, &["opcional"]),
        (Mark::Nothing, &["ninguno", "ninguna", "no aplica"]),
        (Mark::Conditional, &["condicional", "condicionalmente obligatorio"]),
        (Mark::Status, &["código de estado"]),
        (Mark::Updated, &["actualizado el"]),
        (
            Mark::Deprecated,
            &[
                "en desuso",
                "está obsolet",
                "ha quedado obsolet",
                "será retirad",
                "ya no se usa",
                "ya no se admite",
                "dejará de estar disponible",
            ],
        ),
        (
            Mark::Withdrawn,
            &["obsoleto", "obsoleta", "descontinuado", "descontinuada", "retirado", "retirada"],
        ),
    ],
};
