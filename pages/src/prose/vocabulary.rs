//! The words of limits: what bounds, counts and joins, in the languages of the pages.
//!
//! A sentence is read only if all its words are known here or as words without meaning ([`super::fillers`]); so a word
//! belongs here only if it means the same in every sentence about limits. The longest that fits counts.

use super::token::Token;

/// Words between bars, in lower case, and what they mean.
pub(super) const WORDS: &[(Token, &str)] = &[
    (Token::To, "to | ~ | ～ | - | – | — | − | 至 | 到 | through | 부터 | から | a | .. | 에서 | thru | à"),
    (Token::Until, "hasta | até | bis | bis zu | до | jusqu'à"),
    (Token::And, "and | , | ， | 、 | 和 | 及 | y | e | but | pero | mas | 且 | et | und | и"),
    (Token::Or, "or | 或 | 或者 | 또는 | または | o | ou | oder | или"),
    (Token::Between, "between | 介于 | entre | zwischen | между"),
    (
        Token::AtLeast,
        "greater than or equal to | more than or equal to | larger than or equal to | \
         equal to or greater than | no less than | not less than | no smaller than | not smaller than | \
         cannot be less than | no fewer than | must not be less than | at least | a minimum of | \
         minimum of | minimum value is | minimum value | minimum length is | minimum length | minimum | \
         min | ≥ | >= | 不小于 | 大于等于 | 大于或等于 | 不少于 | 不低于 | 至少 | 最小值为 | 最小值 | 最小长度为 | 最小长度 | 最小 | 最少 | 최소 | \
         최소값 | 最小値 | pelo menos | no mínimo | mínimo de | mínimo | al menos | como mínimo | \
         maior ou igual a | maior que ou igual a | mayor o igual que | mayor o igual a | must be at least | \
         not lower than | no lower than | not shorter than | no shorter than | the minimum is | \
         the minimum value is | the minimum length is | 不得小于 | 不能小于 | 不得少于 | o valor mínimo é | \
         el valor mínimo es | o mínimo é | mínimo: | superior o igual a | superior ou igual a | \
         no menos de | não menos que | não menos de | não menos do que | igual o mayor que | no menor que | \
         no menor a | minimum number of | minlength | minitems | au moins | supérieur ou égal à | au minimum | \
         mindestens | minimal | größer oder gleich | größer als oder gleich | не менее | не меньше | минимум | \
         больше или равно",
    ),
    (
        Token::AtMost,
        "less than or equal to | smaller than or equal to | fewer than or equal to | equal to or less than | \
         no more than | not more than | no greater than | not greater than | no larger than | \
         not larger than | cannot be greater than | cannot be more than | must not be greater than | \
         at most | a maximum of | maximum of | up to | maximum value is | maximum value | \
         maximum length is | maximum length | maximum | max | cannot exceed | can not exceed | \
         must not exceed | does not exceed | do not exceed | should not exceed | not exceed | \
         not exceeding | ≤ | <= | 不大于 | 小于等于 | 小于或等于 | 不超过 | 不能超过 | 不多于 | 最多 | 最大值为 | 最大值 | 最大长度为 | 最大长度 | \
         最大 | 最长 | 최대 | 최대값 | 最大値 | no máximo | máximo de | máximo | até no máximo | como máximo | \
         menor ou igual a | menor que ou igual a | menor o igual que | menor o igual a | \
         cannot be longer than | no longer than | not be longer than | not higher than | no higher than | \
         must be at most | is limited to | limited to | the maximum is | the maximum value is | \
         the maximum length is | may not exceed | shall not exceed | cannot contain more than | \
         must not contain more than | can contain at most | 至多 | 不得超过 | 不可超过 | 不高于 | 不得大于 | 不能大于 | \
         o valor máximo é | el valor máximo es | o máximo é | no más de | no mayor que | no mayor a | \
         não pode exceder | não deve exceder | no puede exceder | no debe exceder | no puede superar | \
         não pode ultrapassar | não mais que | não mais de | não mais do que | inferior o igual a | \
         inferior ou igual a | igual o menor que | maximum number of | maxlength | maxitems | au plus | \
         inférieur ou égal à | au maximum | höchstens | maximal | kleiner oder gleich | kleiner als oder gleich | \
         не более | не больше | максимум | меньше или равно",
    ),
    (
        Token::OrMore,
        "or more | or greater | or above | 이상 | 以上 | and above | or higher | or larger | or longer",
    ),
    (
        Token::OrLess,
        "or less | or fewer | or below | 이하 | 以下 | and below | or lower | or smaller | or shorter | 以内 | 이내",
    ),
    (
        Token::Above,
        "greater than | more than | larger than | bigger than | > | 大于 | 超过 | maior que | mayor que | 초과 | \
         higher than | above | over | exceeding | 高于 | superior a | maior do que | mayor a | supérieur à | größer als | больше | более",
    ),
    (
        Token::Below,
        "less than | fewer than | smaller than | < | 小于 | menor que | 미만 | lower than | below | under | 低于 | \
         不足 | inferior a | menor do que | menor a | 未満 | inférieur à | kleiner als | меньше | менее",
    ),
    (
        Token::Excluding,
        "excluding | except for | except | other than | not including | 不包括 | 不包含 | 除外 | 除 | exceto | \
         excepto | excluindo",
    ),
    (
        Token::MultipleOf,
        "an integer multiple of | integer multiple of | a multiple of | multiple of | multiples of | 的倍数 | \
         the multiple of | múltiplo de | un múltiplo de | um múltiplo de | の倍数 | 의 배수",
    ),
    (Token::Increments, "in increments of | in steps of | with a step of | at increments of"),
    (
        Token::Characters,
        "characters long | characters in length | characters | character | chars | 个字符 | 个字 | 字符 | 位字符 | 位 | \
         자 | 글자 | 文字 | caracteres | caractere | carácter | caractères | zeichen | символов | символа | characters in total | 个字符长",
    ),
    (Token::Letters, "letters | digits | letras | dígitos | 字母 | 数字"),
    (
        Token::Items,
        "items | item | elements | element | entries | records | objects | 个元素 | 条记录 | 条 | 个 | 개 | 件 | \
         elementos | itens | éléments | elemente | elementen | элементов | элемента | 개 항목 | 个条目",
    ),
    (
        Token::Alphanumeric,
        "only letters and digits are allowed | only digits and letters are allowed | \
         only letters and digits | letters and digits only | must contain only letters and digits | \
         can contain only letters and digits | consists of letters and digits | \
         consist of letters and digits | consisting of letters and digits | 只能由字母和数字组成 | 只能由英文字母和数字组成 | \
         由英文字母、数字组成 | 由字母、数字组成 | 只能包含字母和数字 | 只能由英文字母、数字组成 | 只能由字母、数字组成",
    ),
    (Token::Suffix, "with a suffix of | a suffix of | suffix of | 且后缀为 | 后缀为 | with suffix"),
];
