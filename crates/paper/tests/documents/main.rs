//! Real documents, made and read back with the tools an office has.

mod docx;
mod hostile;
mod pdf;
mod report;
mod tools;
