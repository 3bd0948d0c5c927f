//! The differences between products, as data.
//!
//! Default: MariaDB 1.3; other products list their differences. Facts of the specs (operations, fields, enums) are not
//! repeated here. Override: the product's entry in [`PRODUCTS`].

/// A product in one API version.
pub(super) struct Product {
    /// The file stem of its spec.
    pub(super) stem: &'static str,
    /// Offered versions, newest first.
    pub(super) versions: &'static [&'static str],
    /// Versions that are not available for new clusters.
    pub(super) ended: &'static [&'static str],
    /// The prefix of server types.
    pub(super) servers: &'static str,
    /// Roles of groups of servers, each with the roles of its servers; the first is that of a cluster without high
    /// availability, the second that of one with it.
    pub(super) groups: &'static [(&'static str, &'static [&'static str])],
    /// Whether a cluster has groups with several roles.
    pub(super) several_groups: bool,
    /// Defaults of a new cluster.
    pub(super) settings: &'static [(&'static str, &'static str)],
    /// Types of logs and their labels.
    pub(super) logs: &'static [(&'static str, &'static str)],
    /// Parameters in addition to that of the spec's example.
    pub(super) parameters: &'static [ParameterRow],
    /// Whether backups can only be removed and unset in the web console.
    pub(super) console_only: bool,
    /// Whether the day of a log export is only allowed with the corresponding frequency.
    pub(super) days_by_frequency: bool,
}

/// Name, default, values, type, description; the first letter says whether it is static, dynamic or fixed.
type ParameterRow = (char, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The product with this stem.
pub(super) fn find(stem: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.stem == stem)
}

const ALERT: (&str, &str) = ("alert", "DB Alert Log");
const AUDIT: (&str, &str) = ("audit", "DB Audit Log");
const SLOW: (&str, &str) = ("slow", "DB Slow Log");

const INNODB: &[ParameterRow] = &[
    ('d', "max_connections", "151", "10-100000", "integer", "Most connections at the same time."),
    ('d', "wait_timeout", "28800", "1-31536000", "integer", "Seconds after which an idle connection ends."),
    ('d', "long_query_time", "10", "0-3600", "integer", "Seconds from which on a statement is slow."),
    ('s', "innodb_log_file_size", "100663296", "4194304-549755813888", "integer", "Bytes of the redo log."),
    ('f', "lower_case_table_names", "1", "0,1,2", "integer", "How names of tables are compared."),
];

const POSTGRES: &[ParameterRow] = &[
    ('s', "max_connections", "100", "10-100000", "integer", "Most connections at the same time."),
    ('d', "work_mem", "4096", "64-2147483647", "integer", "Kilobytes for a sort or a hash table."),
    (
        'd',
        "log_min_duration_statement",
        "1000",
        "0-3600000",
        "integer",
        "Milliseconds from which on it is logged.",
    ),
    ('s', "shared_buffers", "16384", "16-1073741823", "integer", "Pages of shared memory."),
    ('f', "block_size", "8192", "8192", "integer", "Bytes of a page."),
];

const REDIS: &[ParameterRow] = &[
    (
        'd',
        "maxmemory-policy",
        "noeviction",
        "noeviction,allkeys-lru,volatile-lru",
        "string",
        "What is evicted.",
    ),
    ('d', "timeout", "0", "0-31536000", "integer", "Seconds after which an idle connection ends."),
];

const WINDOWS: &[ParameterRow] = &[
    ('d', "max degree of parallelism", "0", "0-32767", "integer", "Most processors for a query."),
    ('d', "max server memory (MB)", "2147483647", "128-2147483647", "integer", "Megabytes of memory."),
];

const MARIADB: Product = Product {
    stem: "samsung-mariadb-1.3",
    versions: &["11.4.10", "11.4.7", "10.11.15", "10.11.13", "10.11.9", "10.11.8"],
    ended: &["10.6.21"],
    servers: "db1",
    groups: &[("ACTIVE", &["ACTIVE"]), ("ACTIVE_STANDBY", &["ACTIVE", "STANDBY"]), ("REPLICA", &["REPLICA"])],
    several_groups: false,
    settings: &[("database_character_set", "utf8")],
    logs: &[ALERT, AUDIT, SLOW],
    parameters: INNODB,
    console_only: true,
    days_by_frequency: true,
};

const POSTGRESQL: Product = Product {
    stem: "samsung-postgresql-1.3",
    versions: &["17.5", "16.9", "16.8", "15.13"],
    ended: &["13.21"],
    settings: &[("database_encoding", "UTF-8"), ("database_locale", "C")],
    logs: &[ALERT],
    parameters: POSTGRES,
    ..MARIADB
};

const SEARCH_ENGINE: Product = Product {
    stem: "samsung-searchengine-1.2",
    versions: &["2.17.2", "2.17.1"],
    ended: &["2.11.1"],
    servers: "ses1",
    groups: &[
        ("MASTER_DATA", &["MASTER_DATA"]),
        ("MASTER", &["MASTER"]),
        ("DATA", &["DATA"]),
        ("KIBANA", &["KIBANA"]),
        ("DASHBOARDS", &["DASHBOARDS"]),
    ],
    several_groups: true,
    settings: &[],
    logs: &[],
    parameters: &[],
    ..MARIADB
};

static PRODUCTS: &[Product] = &[
    Product { stem: "samsung-mariadb-1.0", console_only: false, days_by_frequency: false, ..MARIADB },
    MARIADB,
    Product {
        stem: "samsung-mysql-1.3",
        versions: &["8.4.7", "8.4.6", "8.0.44", "8.0.43"],
        ended: &["5.7.44"],
        settings: &[("database_character_set", "utf8mb4")],
        logs: &[ALERT, SLOW],
        ..MARIADB
    },
    POSTGRESQL,
    Product { stem: "samsung-epas-1.3", logs: &[ALERT, AUDIT], ..POSTGRESQL },
    Product {
        stem: "samsung-sqlserver-1.2",
        versions: &["16.0.4195", "16.0.4135"],
        ended: &["15.0.4430"],
        groups: &[
            ("ACTIVE", &["ACTIVE"]),
            ("ACTIVE_STANDBY", &["ACTIVE", "STANDBY"]),
            ("PRIMARY_SECONDARY", &["PRIMARY", "SECONDARY"]),
        ],
        settings: &[("database_collation", "SQL_Latin1_General_CP1_CI_AS")],
        logs: &[ALERT, AUDIT],
        parameters: WINDOWS,
        ..MARIADB
    },
    Product {
        stem: "samsung-cachestore-1.2",
        versions: &["7.2.11", "7.2.9"],
        ended: &["6.2.19"],
        servers: "redis1",
        groups: &[("MASTER", &["MASTER"]), ("MASTER_REPLICA", &["MASTER", "REPLICA"])],
        settings: &[],
        logs: &[],
        parameters: REDIS,
        ..MARIADB
    },
    SEARCH_ENGINE,
    Product {
        stem: "samsung-vertica-1.2",
        versions: &["24.3.1", "24.3.0"],
        ended: &["12.0.4"],
        servers: "vert1",
        groups: &[("DATA", &["DATA"]), ("CONSOLE", &["CONSOLE"])],
        settings: &[("database_locale", "en_US.utf8")],
        ..SEARCH_ENGINE
    },
];
