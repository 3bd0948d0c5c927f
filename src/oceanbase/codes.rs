//! Error codes of OceanBase Cloud, to compare [`Error::code`](crate::Error::code) with.
//!
//! The vendor publishes no list: these are the codes that its pages mention.
//!
//! ```
//! use dbplane::oceanbase::codes;
//! let error = dbplane::Error::service(400, "IllegalOperation.Resource", "");
//! assert_eq!(error.code(), Some(codes::STATE_FORBIDS));
//! ```

/// The state of the resource does not allow the operation.
pub const STATE_FORBIDS: &str = "IllegalOperation.Resource";

/// The credentials were refused.
pub const UNAUTHORIZED: &str = "Privilege.OpenAPI.AuthFailed";

/// The name of the instance is not valid.
pub const INVALID_INSTANCE_NAME: &str = "Params.InstanceName.Invalid";

/// The service failed without a reason.
pub const UNKNOWN_ERROR: &str = "E001R000";
