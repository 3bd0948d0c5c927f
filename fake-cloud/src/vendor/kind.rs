//! The vendors.

/// The vendor of a service, which determines its errors and authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    Samsung,
    Huawei,
    HuaweiIam,
    OceanBase,
}

impl Vendor {
    /// The vendor of a service, by the file stem of its spec.
    pub(crate) fn of(stem: &str) -> Option<Self> {
        match stem.split_once('-').map_or((stem, ""), |parts| parts) {
            ("samsung", _) => Some(Self::Samsung),
            ("huawei", service) if service.starts_with("iam-") => Some(Self::HuaweiIam),
            ("huawei", _) => Some(Self::Huawei),
            ("oceanbase", _) => Some(Self::OceanBase),
            _ => None,
        }
    }
}
