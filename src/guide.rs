// The targets of links between guides in these docs: guides link each other as files, and the first definition of a
// link is used.
#![doc = "[corrected-specs]: crate::guide::corrected_specs"]
#![doc = "[credentials]: crate::credentials"]
#![doc = "[errors-and-retries]: crate::guide::errors_and_retries"]
#![doc = "[following-work]: crate::guide::following_work"]
#![doc = "[lists]: crate::guide::lists"]
#![doc = "[oceanbase-from-scratch]: crate::guide::oceanbase_from_scratch"]
#![doc = "[proxies-and-certificates]: crate::guide::proxies_and_certificates"]
#![doc = "[samsung-databases]: crate::guide::samsung_databases"]
#![doc = "[samsung-from-scratch]: crate::guide::samsung_from_scratch"]
#![doc = "[taurusdb-from-scratch]: crate::guide::taurusdb_from_scratch"]
#![doc = "[testing-your-automation]: crate::guide::testing_your_automation"]
#![doc = "[testing-your-code]: crate::guide::testing_your_code"]
#![doc = "[upgrade-samsung-mariadb]: crate::guide::upgrade_samsung_mariadb"]
#![doc = ""]
#![doc = include_str!("../docs/README.md")]

/// Includes a guide as a module.
macro_rules! guides {
    ($($name:ident: $file:literal),+ $(,)?) => { $(
        #[doc = "[credentials]: crate::credentials"]
        #[doc = "[errors-and-retries]: crate::guide::errors_and_retries"]
        #[doc = "[samsung-databases]: crate::guide::samsung_databases"]
        #[doc = "[testing-your-automation]: crate::guide::testing_your_automation"]
        #[doc = "[testing-your-code]: crate::guide::testing_your_code"]
        #[doc = ""]
        #[doc = include_str!(concat!("../docs/", $file))]
        pub mod $name {}
    )+ };
}

guides! {
    corrected_specs: "corrected-specs.md",
    errors_and_retries: "errors-and-retries.md",
    following_work: "following-work.md",
    lists: "lists.md",
    oceanbase_from_scratch: "oceanbase-from-scratch.md",
    proxies_and_certificates: "proxies-and-certificates.md",
    samsung_databases: "samsung-databases.md",
    samsung_from_scratch: "samsung-from-scratch.md",
    taurusdb_from_scratch: "taurusdb-from-scratch.md",
    testing_your_automation: "testing-your-automation.md",
    testing_your_code: "testing-your-code.md",
    upgrade_samsung_mariadb: "upgrade-samsung-mariadb-1.0-to-1.3.md",
}
