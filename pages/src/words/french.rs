//! French.

use super::{CaptionWord, Column, Language, Mark, Section, Topic};

pub(super) static WORDS: Language = Language {
    sections: &[
        (Section::Function, &["fonction", "présentation", "description de l'api"]),
        (Section::RequestPath, &["chemin de la requête", "chemin de requête"]),
        (
            Section::RequestParameters,
            &[
                "paramètres de la requête",
                "paramètres de requête",
                "paramètres d'entrée",
                "requête",
                "corps de la requête",
            ],
        ),
        (
            Section::ResponseParameters,
            &[
                "paramètres de la réponse",
                "paramètres de réponse",
                "paramètres de sortie",
                "réponse",
                "corps de la réponse",
            ],
        ),
        (
            Section::RequestExample,
            &["exemple de requête", "exemples de requêtes", "exemples de requête", "exemple de demande"],
        ),
        (Section::ResponseExample, &["exemple de réponse", "exemples de réponses", "exemples de réponse"]),
        (
            Section::StatusCodes,
            &[
                "code d'état",
                "codes d'état",
                "code de statut",
                "codes de statut",
                "code d’état",
                "codes d’état",
            ],
        ),
        (Section::ErrorCodes, &["code d'erreur", "codes d'erreur", "code d’erreur", "codes d’erreur"]),
        (
            Section::Remark,
            &["restrictions", "remarques", "contraintes", "débogage", "informations d'autorisation"],
        ),
    ],
    columns: &[
        (Column::Name, &["paramètre", "nom", "nom du paramètre", "champ", "élément"]),
        (Column::Required, &["obligatoire", "requis", "requise"]),
        (Column::Type, &["type de paramètre", "type de données", "type du paramètre"]),
        (Column::Example, &["exemple", "valeur d'exemple"]),
        (Column::Default, &["valeur par défaut", "par défaut"]),
        (Column::Range, &["plage de valeurs", "plage"]),
        (Column::Code, &["code d'état", "code de statut"]),
    ],
    topics: &[
        (Topic::Definition, &["définition", "explication"]),
        (Topic::Constraints, &["contraintes"]),
        (Topic::Range, &["plage", "plage de valeurs"]),
        (Topic::Default, &["valeur par défaut"]),
    ],
    captions: &[
        (CaptionWord::Table, &["tableau"]),
        (CaptionWord::Parameters, &["paramètre", "paramètres", "champs", "éléments"]),
        (CaptionWord::Header, &["en-tête", "en-têtes"]),
        (CaptionWord::Query, &["requête"]),
        (CaptionWord::Path, &["chemin"]),
        (CaptionWord::Body, &["corps"]),
        (CaptionWord::Filler, &["de", "du", "des", "le", "la", "les", "dans", "d", "l"]),
    ],
    marks: &[
        (Mark::Yes, &["oui", "obligatoire", "requis"]),
        (Mark::No, &["non", "facultatif", "optionnel"]),
        (Mark::Nothing, &["aucun", "aucune", "néant", "sans objet", "s.o"]),
        (Mark::Status, &["code d'état", "code de statut"]),
        (Mark::Updated, &["mis à jour le", "dernière mise à jour"]),
        (
            Mark::Deprecated,
            &[
                "est obsolète",
                "est dépréciée",
                "est déprécié",
                "sont obsolètes",
                "n'est plus prise en charge",
                "sera supprimée",
                "sera supprimé",
            ],
        ),
        (Mark::Withdrawn, &["obsolète", "déprécié", "dépréciée"]),
    ],
};
