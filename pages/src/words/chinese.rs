//! Chinese.

use super::{CaptionWord, Column, Language, Mark, Section, Topic};

pub(super) static WORDS: Language = Language {
    sections: &[
        (Section::Function, &["功能介绍", "概述", "接口功能", "适用范围"]),
        (Section::Uri, &["uri格式", "接口uri"]),
        (Section::RequestPath, &["请求路径"]),
        (Section::RequestParameters, &["请求参数", "请求消息", "请求"]),
        (
            Section::ResponseParameters,
            &["响应参数", "返回参数", "返回结果", "响应消息", "响应", "正常响应要素说明", "正常响应"],
        ),
        (Section::Path, &["路径参数"]),
        (Section::Query, &["查询参数"]),
        (Section::Header, &["请求头", "请求头参数"]),
        (Section::Body, &["请求体", "请求体参数"]),
        (Section::Examples, &["示例"]),
        (Section::RequestExample, &["请求示例", "请求样例", "uri样例", "uri示例"]),
        (Section::ResponseExample, &["响应示例", "返回示例", "响应样例", "正常响应样例", "异常响应"]),
        (Section::StatusCodes, &["状态码", "返回值"]),
        (Section::ErrorCodes, &["错误码"]),
        (
            Section::Remark,
            &["约束限制", "接口约束", "接口详情", "调试", "授权信息", "约束与限制", "sdk代码示例", "注意"],
        ),
    ],
    columns: &[
        (Column::Name, &["参数", "参数名", "参数名称", "名称", "字段", "字段名", "属性"]),
        (Column::Required, &["是否必选", "是否必填", "必选", "必填", "是否必须"]),
        (Column::Type, &["参数类型", "类型", "数据类型"]),
        (Column::Description, &["描述", "说明", "参数说明", "含义"]),
        (Column::Example, &["示例值", "示例"]),
        (Column::Default, &["默认值", "默认取值", "缺省值"]),
        (Column::Range, &["取值范围"]),
        (Column::Code, &["状态码", "http状态码"]),
    ],
    topics: &[
        (Topic::Definition, &["参数解释", "参数说明", "参数含义"]),
        (Topic::Constraints, &["约束限制", "约束"]),
        (Topic::Range, &["取值范围"]),
        (Topic::Default, &["默认取值", "默认值", "缺省值"]),
    ],
    captions: &[
        (CaptionWord::Table, &["表"]),
        (CaptionWord::Parameters, &["参数", "要素", "字段"]),
        (CaptionWord::Header, &["请求头", "消息头", "响应头"]),
        (CaptionWord::Query, &["查询"]),
        (CaptionWord::Path, &["路径"]),
        (CaptionWord::Body, &["请求体", "响应体", "消息体"]),
        (
            CaptionWord::Filler,
            &["字段", "数据结构", "说明", "参数", "结构", "对象", "（续）", "要素", "的", "属性", "列表"],
        ),
    ],
    marks: &[
        (Mark::Yes, &["是", "必选", "必填"]),
        (Mark::No, &["否", "可选"]),
        (Mark::Nothing, &["不涉及", "无", "暂无"]),
        (Mark::Conditional, &["条件必选", "条件必填"]),
        (Mark::Status, &["状态码"]),
        (Mark::Updated, &["更新时间"]),
        (
            Mark::Deprecated,
            &[
                "已废弃",
                "即将下线",
                "已下线",
                "待下线",
                "将下线",
                "不再推荐",
                "已弃用",
                "不再使用",
                "不再支持",
                "不推荐使用",
                "将被废弃",
                "即将废弃",
                "停止维护",
            ],
        ),
        (Mark::Withdrawn, &["废弃", "弃用", "下线"]),
    ],
};
