//! Enums that accept unknown values.
//!
//! Problem: with a closed enum, decoding of a whole response fails because of one value that the vendor added.
//! Default: every enum of a specification has a variant `UnknownValue` that keeps such a text and sends it back
//! unchanged. Override: none for responses; requests are checked against the
//! documented values by `wire::check`.

/// Implements an enum, from its variants and the text of each. The enum itself is generated, so that readers and tools
/// find it; its last variant is `UnknownValue(String)`.
#[allow(unused_macros)] // in a build without any service
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// All named values as text, in the order of the specification.
            pub const VALUES: &'static [&'static str] = &[$($text),+];

            /// The value as text, as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::UnknownValue(text) => text,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::UnknownValue(text.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::wire::decode::Decode for $name {
            fn blank() -> Self {
                Self::UnknownValue(::std::string::String::new())
            }

            fn decode(
                reader: &mut $crate::wire::reader::Reader<'_>,
            ) -> Result<Self, $crate::wire::misfit::Misfit> {
                $crate::wire::decode::text(reader, |text| Self::from(text))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::scalar::decode_text(deserializer).map(Self::from)
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
#[allow(unreachable_pub)] // the macro makes types for the public API
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    /// Kind of a disk.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum VolumeType {
        /// Fast.
        Ssd,
        /// Fast and encrypted.
        SsdKms,
        /// Anything else.
        UnknownValue(String),
    }
    open_enum!(VolumeType { Ssd = "SSD", SsdKms = "SSD_KMS" });

    #[test]
    fn reads_and_writes_its_texts() {
        let rows = [
            (r#""SSD""#, VolumeType::Ssd, r#""SSD""#),
            (r#""SSD_KMS""#, VolumeType::SsdKms, r#""SSD_KMS""#),
            (r#""ssd""#, VolumeType::UnknownValue("ssd".into()), r#""ssd""#),
            (r#""""#, VolumeType::UnknownValue(String::new()), r#""""#),
            ("7", VolumeType::UnknownValue("7".into()), r#""7""#),
            ("true", VolumeType::UnknownValue("true".into()), r#""true""#),
        ];
        for (sent, value, text) in rows {
            assert_eq!(serde_json::from_str::<VolumeType>(sent).unwrap(), value);
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
        assert_eq!(serde_json::from_str::<Option<VolumeType>>("null").unwrap(), None);
        for refused in ["[]", r#"{"SSD":1}"#] {
            let error = serde_json::from_str::<VolumeType>(refused).unwrap_err().to_string();
            assert!(error.contains("expected text"), "{error}");
        }
    }

    #[test]
    fn is_convenient() {
        assert_eq!(VolumeType::VALUES, ["SSD", "SSD_KMS"]);
        assert_eq!(format!("{:>5}|{}", VolumeType::Ssd, VolumeType::from("HDD")), "  SSD|HDD");
        assert_eq!(VolumeType::SsdKms.as_ref(), "SSD_KMS");
        assert_eq!(String::from(VolumeType::SsdKms), "SSD_KMS");
        assert_eq!("SSD_KMS".parse(), Ok(VolumeType::SsdKms));
        assert_eq!("HDD".parse(), Ok(VolumeType::UnknownValue("HDD".to_owned())));
        assert!(VolumeType::Ssd == "SSD" && VolumeType::Ssd == *"SSD" && VolumeType::Ssd != "HDD");
        assert!(VolumeType::UnknownValue("HDD".to_owned()) == "HDD");
        assert!(VolumeType::Ssd < VolumeType::SsdKms);
        assert_eq!(BTreeSet::from([VolumeType::Ssd, VolumeType::from("SSD".to_owned())]).len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_round_trips(text in ".*") {
            let value = VolumeType::from(text.as_str());
            prop_assert_eq!(value.as_str(), &text);
            let back: VolumeType = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
