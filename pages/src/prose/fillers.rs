//! Words of sentences about limits that say nothing about limits.

/// Words between bars, in lower case.
pub(super) const FILLERS: &str = "the value ranges from | the value range is from | the value range is | value ranges from | \
    value range is | value range | value ranges | valid range | valid values are | the range is | \
    ranges from | ranging from | range is | range from | range | ranges | from | the value must be | \
    the value should be | the value can be | the value can contain | the value contains | \
    the value can consist of | the value consists of | the value | value | values | must be | \
    should be | can be | must contain | should contain | can contain | may contain | contains | \
    contain | can consist of | consists of | must consist of | consist of | can have | must have | \
    has | have | the length must be | the length is | the length of | the length | length is | length | \
    the string | the name | the database name | the password | password | the list | list | the array | \
    array | array length | number of | the number of | the | is | are | be | of | an integer | \
    integer | integers | a number | number | only | inclusive | in length | long | must | should | \
    can | which | that is | it | in | a string of | a total of | total | unit | supported | allowed | \
    : | ： | [ | ] | ( | ) | （ | ） | 取值范围为 | 取值范围是 | 取值范围 | 取值为 | 取值 | 范围为 | 范围 | 长度为 | 长度范围为 | 长度范围 | \
    长度在 | 长度 | 数组长度 | 之间 | 的整数 | 整数 | 正整数 | 必须 | 为 | 是 | 应 | 값은 | 값 범위 | 값 | 범위 | 사이 | 길이 | 길이는 | 까지 | \
    까지의 | 値の範囲 | 範囲 | 値 | 長さ | まで | o valor varia de | o valor | valor | intervalo | faixa de valores | \
    varia de | de | deve ser | debe ser | el valor | rango | rango de valores | varía de | \
    comprimento | longitud | contém | contiene | puede contener | pode conter | el | la | a length of | \
    with a length of | exactly | fixed | a fixed length of | enter | enter a value | specify | 支持 | \
    字符长度为 | 字符长度 | 的字符串 | 字符串 | 的值 | 限制为 | の | の範囲 | の範囲内 | の整数 | です | で | の値 | の値は | 値は | 長さは | サイズ | \
    사이의 | 정수 | 의 값 | 의 정수 | 길이의 | 범위는 | 입력 | 여야 합니다 | 입니다 | 이어야 합니다 | oscila | varía | varia | \
    deve estar | debe estar | está | o comprimento | la longitud | la longitud es de | \
    o comprimento é de | é | es | debe tener | deve ter | puede tener | pode ter | una | uma | \
    el número | o número | número | inteiro | entero | un número entero | um número inteiro | \
    os valores | los valores | válidos | tiene | tem | con | com | the valid range | \
    the valid value range is | valid values range from | the value range from | allowed range | \
    allowed values are | permitted range | the allowed range is | the supported range is | \
    supported range | numbers | the size | size | length range | character length | \
    the character length | in total | in size | a value | constraints | length constraints | array members | valid values | both inclusive | \
    valeur | la valeur | plage | plage de valeurs | longueur | la longueur | wert | der wert | wertebereich | \
    länge | die länge | von | liegt | muss | sein | значение | диапазон | длина | от | целое число";
