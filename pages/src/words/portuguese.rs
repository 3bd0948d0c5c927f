//! Portuguese.

use super::{CaptionWord, Column, Language, Mark, Section, Topic};

pub(super) static WORDS: Language = Language {
    sections: &[
        (Section::Function, &["função", "visão geral"]),
        (Section::RequestPath, &["caminho da solicitação"]),
        (
            Section::RequestParameters,
            &[
                "parâmetros de solicitação",
                "parâmetros da solicitação",
                "parâmetros de requisição",
                "solicitação",
            ],
        ),
        (Section::ResponseParameters, &["parâmetros de resposta", "parâmetros da resposta", "resposta"]),
        (
            Section::RequestExample,
            &[
                "exemplo de solicitação",
                "exemplos de solicitação",
                "exemplo de requisição",
                "solicitação de exemplo",
            ],
        ),
        (Section::ResponseExample, &["exemplo de resposta", "exemplos de resposta", "resposta de exemplo"]),
        (Section::StatusCodes, &["código de status", "códigos de status"]),
        (Section::ErrorCodes, &["código de erro", "códigos de erro"]),
        (Section::Remark, &["restrições", "informações de autorização", "depuração", "nota", "observação"]),
    ],
    columns: &[
        (Column::Name, &["parâmetro", "nome", "nome do parâmetro"]),
        (Column::Required, &["obrigatório", "obrigatória"]),
        (Column::Type, &["tipo", "tipo de parâmetro", "tipo do parâmetro"]),
        (Column::Description, &["descrição"]),
        (Column::Example, &["exemplo", "valor de exemplo", "valor do exemplo"]),
        (Column::Default, &["valor padrão", "padrão"]),
        (Column::Range, &["intervalo de valores"]),
        (Column::Code, &["código de status"]),
        (Column::Version, &["versão"]),
    ],
    topics: &[
        (Topic::Definition, &["definição", "explicação"]),
        (Topic::Constraints, &["restrições"]),
        (Topic::Range, &["intervalo", "intervalo de valores", "faixa de valores"]),
        (Topic::Default, &["valor padrão"]),
    ],
    captions: &[
        (CaptionWord::Table, &["tabela"]),
        (CaptionWord::Parameters, &["parâmetro", "parâmetros", "elementos"]),
        (CaptionWord::Header, &["cabeçalho"]),
        (CaptionWord::Query, &["consulta"]),
        (CaptionWord::Path, &["caminho"]),
        (CaptionWord::Body, &["corpo"]),
        (
            CaptionWord::Filler,
            &["descrição", "do", "da", "de", "campo", "parâmetro", "parâmetros", "objeto", "estrutura", "o"],
        ),
    ],
    marks: &[
        (Mark::Yes, &["sim", "obrigatório"]),
        (Mark::No, &["não", "opcional"]),
        (Mark::Nothing, &["nenhum", "nenhuma", "não aplicável"]),
        (Mark::Conditional, &["condicional", "condicionalmente obrigatório"]),
        (Mark::Status, &["código de status"]),
        (Mark::Updated, &["atualizado em"]),
        (
            Mark::Deprecated,
            &[
                "foi preterid",
                "será preterid",
                "será descontinuad",
                "foi descontinuad",
                "não é mais usado",
                "não é mais suportad",
            ],
        ),
        (
            Mark::Withdrawn,
            &["obsoleto", "obsoleta", "descontinuado", "descontinuada", "preterido", "preterida"],
        ),
    ],
};
