use super::options::Options;
use super::proto::FileDescriptor;

const FEATURES_OF_FILE: u32 = 50;

/// Where the features stand in the options of each thing.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Message,
    Field,
    Enum,
}

impl Place {
    fn number(self) -> u32 {
        match self {
            Self::Message => 12,
            Self::Field => 21,
            Self::Enum => 7,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldPresence {
    Explicit,
    Implicit,
    LegacyRequired,
}

/// What proto2, proto3 and the editions differ in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Features {
    pub presence: FieldPresence,
    pub closed_enums: bool,
    pub packed: bool,
    pub delimited: bool,
}

impl Features {
    pub fn of_file(file: &FileDescriptor) -> Self {
        let syntax = match file.syntax.as_str() {
            "proto3" => Self {
                presence: FieldPresence::Implicit,
                closed_enums: false,
                packed: true,
                delimited: false,
            },
            "editions" => Self {
                presence: FieldPresence::Explicit,
                closed_enums: false,
                packed: true,
                delimited: false,
            },
            _ => Self {
                presence: FieldPresence::Explicit,
                closed_enums: true,
                packed: false,
                delimited: false,
            },
        };
        syntax.read(&file.options, FEATURES_OF_FILE)
    }

    /// With what the options of something say.
    pub fn with(self, options: &[u8], place: Place) -> Self {
        self.read(options, place.number())
    }

    fn read(mut self, options: &[u8], number: u32) -> Self {
        let options = Options::new(options);
        for said in options.messages(number) {
            for (feature, value) in Options::new(said).varints() {
                match (feature, value) {
                    (1, 1) => self.presence = FieldPresence::Explicit,
                    (1, 2) => self.presence = FieldPresence::Implicit,
                    (1, 3) => self.presence = FieldPresence::LegacyRequired,
                    (2, 1) => self.closed_enums = false,
                    (2, 2) => self.closed_enums = true,
                    (3, 1) => self.packed = true,
                    (3, 2) => self.packed = false,
                    (5, 1) => self.delimited = false,
                    (5, 2) => self.delimited = true,
                    _ => {}
                }
            }
        }
        self
    }
}
