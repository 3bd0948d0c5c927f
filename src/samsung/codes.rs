//! Error codes of Samsung Cloud Platform, to compare [`Error::code`](crate::Error::code) with.
//!
//! The vendor publishes no list: these are codes that its services respond with.
//!
//! ```
//! use dbplane::samsung::codes;
//! let error = dbplane::Error::service(400, "Dbaas.ValidationError.InvalidServiceState", "");
//! assert_eq!(error.code(), Some(codes::STATE_FORBIDS));
//! ```

/// 400: the body is not valid. [`Error::details`](crate::Error::details) may name the fields.
pub const INVALID_REQUEST: &str = "ValidationError";

/// 400: the state of the cluster does not allow the operation.
pub const STATE_FORBIDS: &str = "Dbaas.ValidationError.InvalidServiceState";

/// 400: a server group has no disk with the role DATA.
pub const INVALID_DATA_DISKS: &str = "Dbaas.ValidationError.InvalidBlockStorageDataDiskCount";

/// 400: the license of a Search Engine cluster is not valid.
pub const INVALID_LICENSE: &str = "Dbaas.ValidationError.InvalidLicense";

/// 401: the credentials were refused, or the operation is for the console only.
pub const CONSOLE_ONLY: &str = "Dbaas.Unauthorized.AuthNFailed";

/// 403: the caller has no permission for the action.
pub const FORBIDDEN: &str = "Forbidden";

/// 404: the resource does not exist.
pub const NOT_FOUND: &str = "NotFound";

/// 406: the host does not offer this version of the API.
pub const VERSION_NOT_OFFERED: &str = "NoSuchVersion";

/// 500, sometimes 400: the service failed.
pub const INTERNAL: &str = "ContactAdminForAssistance";
