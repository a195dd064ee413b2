//! Why a document cannot be read, and what to do about it.

/// A document that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file is empty: save the document again and choose that file")]
    Empty,
    /// More than [`crate::MAX_BYTES`].
    #[error(
        "the file has {megabytes} MB, 20 MB are the limit: take out pictures and scanned pages"
    )]
    TooLarge {
        /// Its size.
        megabytes: usize,
    },
    /// Not UTF-8.
    #[error(
        "line {line}: the text is not Unicode (an old TCVN3 or VNI file?): save it as UTF-8 or DOCX"
    )]
    Encoding {
        /// Where it begins to be so.
        line: usize,
    },
    /// A form that is not read.
    #[error("{form} files are not read: save the document as DOCX, Markdown or plain text")]
    Form {
        /// Which.
        form: &'static str,
    },
    /// A DOCX that is broken.
    #[error("the DOCX file is broken ({}): open it in a word processor and save it again", what.english())]
    Docx {
        /// What is wrong in it.
        what: DocxFault,
    },
    /// A PDF that cannot be read.
    #[error("{}", what.english())]
    Pdf {
        /// What is wrong with it.
        what: PdfFault,
    },
    /// A PDF of pictures.
    #[error(
        "the {pages} pages of the PDF are pictures without text: run text recognition (OCR, Vietnamese) and save it again, or ask the issuer for the DOCX"
    )]
    Scanned {
        /// How many pages it has.
        pages: usize,
    },
    /// A document that only opens with a password.
    #[error(
        "the file is protected with a password: open it, take the password off, save it and choose it again"
    )]
    Protected,
    /// Tables, lists or frames in one another, further than any document goes.
    #[error(
        "tables, lists or frames are nested deeper than in any document: the file is damaged; copy its text into a new document"
    )]
    Nested,
    /// More text than [`crate::MAX_BYTES`], small as the file may be.
    #[error(
        "the file unpacks to more than 20 MB of text: no plan is that long; choose another file, or save its text alone"
    )]
    TooMuchText,
    /// Neither text nor a document of any form that is read.
    #[error("the file is not text: save the document as DOCX, Markdown or plain text")]
    Binary,
    /// No clause was found.
    #[error(
        "no numbered part or article was found in {lines} lines: this is not a plan or decision, or its text is pictures"
    )]
    NoStructure {
        /// How many lines were looked at.
        lines: usize,
    },
    /// Deeper than any real document.
    #[error("line {line}: clauses are nested deeper than 20 levels: check the numbering there")]
    TooDeep {
        /// Where.
        line: usize,
    },
}

/// What is wrong in a DOCX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocxFault {
    /// It is no ZIP archive, or only the beginning of one.
    Archive,
    /// Its directory names more parts than any document has.
    TooManyParts,
    /// `word/document.xml` is not in it.
    NoDocument,
    /// One of its parts cannot be unpacked.
    Unpacking,
    /// It unpacks to more than any document holds.
    TooLarge,
    /// One of its parts is not well-formed XML.
    Malformed,
    /// It defines entities of its own, by which a few bytes can become gigabytes.
    Entities,
}

impl DocxFault {
    fn english(self) -> &'static str {
        match self {
            Self::Archive => "it is not a whole ZIP archive",
            Self::NoDocument => "word/document.xml is missing",
            Self::TooManyParts => "it has more than 2,000 parts",
            Self::Unpacking => "a part of it cannot be unpacked",
            Self::TooLarge => "its text unpacks to more than 100 MB",
            Self::Malformed => "its XML is not well-formed",
            Self::Entities => "its XML defines entities",
        }
    }

    fn vietnamese(self) -> &'static str {
        match self {
            Self::Archive => "không phải tệp nén ZIP trọn vẹn",
            Self::NoDocument => "thiếu word/document.xml",
            Self::TooManyParts => "có hơn 2.000 thành phần",
            Self::Unpacking => "không giải nén được một thành phần",
            Self::TooLarge => "nội dung giải nén vượt quá 100 MB",
            Self::Malformed => "nội dung XML sai cấu trúc",
            Self::Entities => "nội dung XML tự định nghĩa thực thể",
        }
    }
}

/// What is wrong with a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfFault {
    /// No page was found in it, or it is nonsense.
    Broken,
    /// It does not open without a password, or may not be copied from.
    Encrypted,
    /// More than 2,000 pages.
    TooManyPages,
    /// It unpacks to more than any document holds.
    TooLarge,
    /// It does not say which letters its glyphs are.
    Letters,
}

impl PdfFault {
    fn english(self) -> &'static str {
        match self {
            Self::Broken => {
                "the PDF file is broken: open it in a reader and print it to a new PDF, or ask the issuer for the DOCX"
            }
            Self::Encrypted => {
                "the PDF file is protected: open it, with its password if it asks for one, and print it to a new PDF without protection, or ask the issuer for the DOCX"
            }
            Self::TooManyPages => {
                "the PDF file has more than 2,000 pages: take out the pages of the plan and save them as a PDF of their own"
            }
            Self::TooLarge => {
                "the PDF file unpacks to more than 128 MB: print it to a new PDF, or ask the issuer for the DOCX"
            }
            Self::Letters => {
                "the PDF file does not say which letters it shows: run text recognition (OCR, Vietnamese) and save it again, or ask the issuer for the DOCX"
            }
        }
    }

    fn vietnamese(self) -> &'static str {
        match self {
            Self::Broken => {
                "Tệp PDF bị hỏng. Hãy mở bằng phần mềm xem PDF rồi in ra tệp PDF mới, hoặc đề nghị cơ quan ban hành gửi bản DOCX."
            }
            Self::Encrypted => {
                "Tệp PDF được đặt chế độ bảo vệ. Hãy mở tệp (nhập mật khẩu nếu được hỏi) rồi in ra tệp PDF mới không bảo vệ, hoặc đề nghị cơ quan ban hành gửi bản DOCX."
            }
            Self::TooManyPages => {
                "Tệp PDF có hơn 2.000 trang. Hãy tách riêng các trang của kế hoạch thành một tệp PDF."
            }
            Self::TooLarge => {
                "Tệp PDF có nội dung giải nén vượt quá 128 MB. Hãy in ra tệp PDF mới, hoặc đề nghị cơ quan ban hành gửi bản DOCX."
            }
            Self::Letters => {
                "Tệp PDF không cho biết các ký tự mà nó hiển thị. Hãy nhận dạng ký tự (OCR tiếng Việt) rồi lưu lại, hoặc đề nghị cơ quan ban hành gửi bản DOCX."
            }
        }
    }
}

impl ReadError {
    /// The same for a Vietnamese reader.
    pub fn vietnamese(&self) -> String {
        match self {
            Self::Empty => "Tệp trống. Hãy lưu lại văn bản rồi chọn lại tệp.".into(),
            Self::TooLarge { megabytes } => {
                format!(
                    "Tệp có dung lượng {megabytes} MB, giới hạn là 20 MB. Hãy bỏ bớt hình ảnh và trang quét."
                )
            }
            Self::Encoding { line } => format!(
                "Dòng {line}: văn bản không phải bảng mã Unicode (có thể là TCVN3 hoặc VNI). Hãy lưu lại dưới dạng UTF-8 hoặc DOCX."
            ),
            Self::Form { form } => {
                format!(
                    "Chưa đọc được tệp {form}. Hãy lưu văn bản dưới dạng DOCX, Markdown hoặc văn bản thuần."
                )
            }
            Self::Docx { what } => {
                format!(
                    "Tệp DOCX bị hỏng ({}). Hãy mở bằng phần mềm soạn thảo và lưu lại.",
                    what.vietnamese()
                )
            }
            Self::Pdf { what } => what.vietnamese().into(),
            Self::Scanned { pages } => format!(
                "{pages} trang của tệp PDF là ảnh chụp, không có chữ. Hãy nhận dạng ký tự (OCR tiếng Việt) rồi lưu lại, hoặc đề nghị cơ quan ban hành gửi bản DOCX."
            ),
            Self::Protected => {
                "Tệp được đặt mật khẩu. Hãy mở tệp, gỡ mật khẩu, lưu lại rồi chọn lại tệp.".into()
            }
            Self::Nested => {
                "Bảng, danh sách hoặc khung lồng nhau sâu hơn mọi văn bản thông thường, tệp đã bị hỏng. Hãy chép nội dung sang một văn bản mới."
                    .into()
            }
            Self::TooMuchText => {
                "Nội dung giải nén ra hơn 20 MB chữ, không kế hoạch nào dài như vậy. Hãy chọn tệp khác hoặc chỉ lưu phần chữ."
                    .into()
            }
            Self::Binary => {
                "Tệp không phải văn bản. Hãy lưu dưới dạng DOCX, Markdown hoặc văn bản thuần."
                    .into()
            }
            Self::NoStructure { lines } => format!(
                "Không tìm thấy phần, mục hay điều nào trong {lines} dòng. Tệp không phải kế hoạch, quyết định hoặc nội dung là ảnh chụp; hãy chọn tệp khác."
            ),
            Self::TooDeep { line } => {
                format!(
                    "Dòng {line}: các mục lồng nhau quá 20 cấp. Hãy kiểm tra cách đánh số tại đó."
                )
            }
        }
    }
}
