//! The authored policy format.
