//! What serde derives, compiled once for both forms a value is written in: it says what comes next, and a [`Sink`] writes it.

use serde::Serialize;
use serde::ser::{self, Serializer};

use super::Never;

/// One form of values: bytes or JSON.
pub trait Sink {
    /// A whole number, all of `i64` and `u64`.
    fn number(&mut self, number: i128);
    /// `true` or `false`.
    fn flag(&mut self, flag: bool);
    /// A float.
    fn float(&mut self, float: f64);
    /// A text.
    fn text(&mut self, text: &str);
    /// Bytes that are no text.
    fn raw(&mut self, bytes: &[u8]);
    /// An option without, or with the value that follows.
    fn option(&mut self, some: bool);
    /// A variant with nothing in it.
    fn plain(&mut self, index: u32, name: &'static str);
    /// A variant with what follows in it, until [`leave`](Sink::leave).
    fn enter(&mut self, index: u32, name: &'static str);
    /// The end of a variant.
    fn leave(&mut self);
    /// A list or tuple begins; a list of how many.
    fn list(&mut self, length: Option<usize>);
    /// One of a list follows.
    fn item(&mut self);
    /// The end of a list or tuple.
    fn end_list(&mut self);
    /// A map begins, of how many.
    fn map(&mut self, length: usize);
    /// A struct begins.
    fn fields(&mut self);
    /// A key follows.
    fn key(&mut self);
    /// A field of this name follows.
    fn field(&mut self, name: &'static str);
    /// The value of a key follows.
    fn value(&mut self);
    /// The end of a map or struct.
    fn end_map(&mut self);
    /// Whether a person is to read it.
    fn is_for_people(&self) -> bool;
}

/// Hands values to a sink.
pub struct Writer<'a>(pub &'a mut dyn Sink);

impl Writer<'_> {
    fn again(&mut self) -> Writer<'_> {
        Writer(self.0)
    }
}

/// What is being written: a list, map or struct, and whether it stands in a variant.
pub struct Open<'a> {
    sink: &'a mut dyn Sink,
    in_variant: bool,
}

impl Open<'_> {
    fn end_list(self) -> Result<(), Never> {
        self.sink.end_list();
        self.leave()
    }

    fn end_map(self) -> Result<(), Never> {
        self.sink.end_map();
        self.leave()
    }

    fn leave(self) -> Result<(), Never> {
        if self.in_variant {
            self.sink.leave();
        }
        Ok(())
    }

    fn put<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(Writer(self.sink))
    }
}

/// Numbers of every width as one.
macro_rules! numbers {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<(), Never> {
            self.0.number(value.into());
            Ok(())
        })*
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    numbers! {
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.0.flag(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.0.text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.0.float(value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.0.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        self.0.raw(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.0.option(false);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        self.0.option(true);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        if self.0.is_for_people() {
            self.0.option(false);
        }
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, name: &'static str) -> Result<(), Never> {
        self.0.plain(index, name);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        index: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.0.enter(index, name);
        value.serialize(self.again())?;
        self.0.leave();
        Ok(())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Open<'a>, Never> {
        let length = length.unwrap_or_else(|| super::wrong("a list of unknown length"));
        self.0.list(Some(length));
        Ok(Open { sink: self.0, in_variant: false })
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Open<'a>, Never> {
        self.0.map(length.unwrap_or_else(|| super::wrong("a map of unknown length")));
        Ok(Open { sink: self.0, in_variant: false })
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Never> {
        self.0.list(None);
        Ok(Open { sink: self.0, in_variant: false })
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Open<'a>, Never> {
        self.serialize_tuple(length)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Never> {
        self.0.fields();
        Ok(Open { sink: self.0, in_variant: false })
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Open<'a>, Never> {
        self.0.enter(index, name);
        Ok(Open { in_variant: true, ..self.serialize_tuple(length)? })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Never> {
        self.0.enter(index, name);
        self.0.fields();
        Ok(Open { sink: self.0, in_variant: true })
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_for_people()
    }
}

/// What is in a list or tuple: one value after the other.
macro_rules! items {
    ($($for:ident: $item:ident),*) => {
        $(impl ser::$for for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.sink.item();
                self.put(value)
            }

            fn end(self) -> Result<(), Never> {
                self.end_list()
            }
        })*
    };
}

/// What is in a struct: values with names.
macro_rules! fields {
    ($($for:ident),*) => {
        $(impl ser::$for for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
                self.sink.field(name);
                self.put(value)
            }

            fn end(self) -> Result<(), Never> {
                self.end_map()
            }
        })*
    };
}

items! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
}
fields! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.sink.key();
        self.put(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.sink.value();
        self.put(value)
    }

    fn end(self) -> Result<(), Never> {
        self.end_map()
    }
}
