use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $letter:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                let number = text.strip_prefix($letter).and_then(|n| n.parse().ok());
                number.map(Self).ok_or_else(|| {
                    de::Error::custom(format!(concat!("'{}' is no id of the form ", $letter, "1"), text))
                })
            }
        }
    };
}

id!(
    /// Names a statement inside its reading: `s1`, `s2` … in text order.
    StatementId, "s"
);
id!(
    /// Names a figure inside its reading: `f1`, `f2` … in text order.
    FigureId, "f"
);
id!(
    /// Names a mention inside its reading: `m1`, `m2` … in text order.
    MentionId, "m"
);
id!(
    /// Names an actor inside its reading: `a1`, `a2` … by first mention.
    ActorId, "a"
);
