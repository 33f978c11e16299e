//! The wire format of protobuf, as far as encoders need it.

/// What the tag says that ends a group.
const END_GROUP: u64 = 4;

/// How a field's value is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WireType {
    Varint,
    Fixed64,
    Bytes,
    /// A message between two tags.
    Group,
    Fixed32,
}

impl WireType {
    fn number(self) -> u64 {
        match self {
            Self::Varint => 0,
            Self::Fixed64 => 1,
            Self::Bytes => 2,
            Self::Group => 3,
            Self::Fixed32 => 5,
        }
    }
}

pub(crate) fn put_varint(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    to.push(value.to_le_bytes()[0]);
}

pub(crate) fn put_tag(to: &mut Vec<u8>, number: u32, wire_type: WireType) {
    put_varint(to, u64::from(number) << 3 | wire_type.number());
}

/// A message between two tags.
pub(crate) fn put_group(to: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    put_tag(to, number, WireType::Group);
    to.extend_from_slice(bytes);
    put_varint(to, u64::from(number) << 3 | END_GROUP);
}

/// A field whose value is bytes.
pub(crate) fn put_bytes(to: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    put_tag(to, number, WireType::Bytes);
    put_varint(to, bytes.len() as u64);
    to.extend_from_slice(bytes);
}

/// One field of serialised bytes that may come from anywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WireField<'a> {
    pub number: u32,
    pub wire_type: WireType,
    /// Of a varint or a fixed-width value.
    pub bits: u64,
    /// Of a length-delimited value, and of a group without the tags around it.
    pub bytes: &'a [u8],
}

/// Why bytes are no message.
pub(crate) type Malformed = &'static str;

/// Reads the fields of a message one after the other.
pub(crate) struct WireReader<'a> {
    left: &'a [u8],
}

impl<'a> WireReader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    /// The next field; none at the end.
    pub fn next_field(&mut self) -> Result<Option<WireField<'a>>, Malformed> {
        if self.left.is_empty() {
            return Ok(None);
        }
        match self.tag()? {
            (number, 3) => self.group(number).map(Some),
            (_, END_GROUP) => Err("a group ends that has not begun"),
            (number, wire_type) => self.value(number, wire_type).map(Some),
        }
    }

    fn tag(&mut self) -> Result<(u32, u64), Malformed> {
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3)
            .ok()
            .filter(|number| (1..1 << 29).contains(number))
            .ok_or("a field's number is out of range")?;
        Ok((number, tag & 7))
    }

    /// With a list of its own, since groups may nest deeper than a stack.
    fn group(&mut self, number: u32) -> Result<WireField<'a>, Malformed> {
        let content = self.left;
        let mut open_groups = vec![number];
        loop {
            if self.left.is_empty() {
                return Err("a group does not end");
            }
            let length = content.len() - self.left.len();
            match self.tag()? {
                (inner, 3) => open_groups.push(inner),
                (inner, END_GROUP) if open_groups.pop() == Some(inner) => {}
                (_, END_GROUP) => return Err("a group ends that has not begun"),
                (inner, wire_type) => {
                    self.value(inner, wire_type)?;
                }
            }
            if open_groups.is_empty() {
                return Ok(WireField {
                    number,
                    wire_type: WireType::Group,
                    bits: 0,
                    bytes: &content[..length],
                });
            }
        }
    }

    fn value(&mut self, number: u32, wire_type: u64) -> Result<WireField<'a>, Malformed> {
        let mut field = WireField {
            number,
            wire_type: WireType::Varint,
            bits: 0,
            bytes: &[],
        };
        match wire_type {
            0 => field.bits = self.varint()?,
            1 => {
                field.wire_type = WireType::Fixed64;
                field.bits = self.fixed64()?;
            }
            2 => {
                field.wire_type = WireType::Bytes;
                let length =
                    usize::try_from(self.varint()?).map_err(|_| "a length is too great")?;
                field.bytes = self.take(length)?;
            }
            5 => {
                field.wire_type = WireType::Fixed32;
                field.bits = u64::from(self.fixed32()?);
            }
            _ => return Err("a field has no type that protobuf knows"),
        }
        Ok(field)
    }

    pub fn is_at_end(&self) -> bool {
        self.left.is_empty()
    }

    pub fn varint(&mut self) -> Result<u64, Malformed> {
        let mut value = 0;
        for (position, byte) in self.left.iter().enumerate().take(10) {
            let bits = u64::from(byte & 0x7f);
            if position == 9 && bits > 1 {
                break;
            }
            value |= bits << (7 * position);
            if byte & 0x80 == 0 {
                self.left = &self.left[position + 1..];
                return Ok(value);
            }
        }
        Err(if self.left.len() < 10 {
            "the bytes end within a number"
        } else {
            "a number has more than 64 bits"
        })
    }

    pub fn fixed32(&mut self) -> Result<u32, Malformed> {
        let bytes = self.take(4)?;
        Ok(bytes
            .iter()
            .rev()
            .fold(0, |value, byte| value << 8 | u32::from(*byte)))
    }

    pub fn fixed64(&mut self) -> Result<u64, Malformed> {
        let bytes = self.take(8)?;
        Ok(bytes
            .iter()
            .rev()
            .fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, left) = self
            .left
            .split_at_checked(length)
            .ok_or("the bytes end within a field")?;
        self.left = left;
        Ok(taken)
    }
}
