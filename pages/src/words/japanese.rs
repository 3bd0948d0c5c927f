//! Japanese.

use super::{CaptionWord, Column, Language, Mark, Section, Topic};

pub(super) static WORDS: Language = Language {
    sections: &[
        (Section::Function, &["機能", "概要", "機能概要"]),
        (Section::RequestPath, &["リクエストパス"]),
        (
            Section::RequestParameters,
            &["リクエストパラメーター", "リクエストパラメータ", "要求パラメーター", "リクエスト"],
        ),
        (
            Section::ResponseParameters,
            &["レスポンスパラメーター", "レスポンスパラメータ", "応答パラメーター", "レスポンス"],
        ),
        (Section::RequestExample, &["リクエスト例", "リクエストの例", "要求例"]),
        (Section::ResponseExample, &["レスポンス例", "レスポンスの例", "応答例"]),
        (Section::StatusCodes, &["ステータスコード"]),
        (Section::ErrorCodes, &["エラーコード"]),
        (Section::Remark, &["制約", "注意", "認可情報"]),
    ],
    columns: &[
        (Column::Name, &["パラメーター", "パラメータ", "名前", "パラメーター名", "パラメータ名"]),
        (Column::Required, &["必須", "必須かどうか"]),
        (Column::Type, &["タイプ", "型", "データ型", "パラメータータイプ"]),
        (Column::Description, &["説明"]),
        (Column::Example, &["例", "値の例"]),
        (Column::Default, &["デフォルト値", "デフォルト", "既定値"]),
        (Column::Code, &["ステータスコード"]),
        (Column::Version, &["バージョン"]),
    ],
    topics: &[
        (Topic::Definition, &["定義"]),
        (Topic::Constraints, &["制約", "制約事項"]),
        (Topic::Range, &["範囲", "値の範囲"]),
        (Topic::Default, &["デフォルト値"]),
    ],
    captions: &[
        (CaptionWord::Table, &["表"]),
        (CaptionWord::Parameters, &["パラメーター", "パラメータ", "要素"]),
        (CaptionWord::Header, &["ヘッダー", "ヘッダ"]),
        (CaptionWord::Query, &["クエリ"]),
        (CaptionWord::Path, &["パス"]),
        (CaptionWord::Body, &["ボディ", "本文"]),
        (CaptionWord::Filler, &["の", "説明", "パラメーター", "パラメータ", "フィールド", "構造", "要素"]),
    ],
    marks: &[
        (Mark::Yes, &["はい", "必須"]),
        (Mark::No, &["いいえ", "任意", "オプション"]),
        (Mark::Nothing, &["なし", "該当なし"]),
        (Mark::Conditional, &["条件付き必須", "条件付き"]),
        (Mark::Status, &["ステータスコード"]),
        (Mark::Updated, &["更新日時", "更新日"]),
        (Mark::Deprecated, &["非推奨", "廃止予定", "廃止され", "サポート終了"]),
        (Mark::Withdrawn, &["廃止"]),
    ],
};
