//! Thin bindings of the engine for the extension.
