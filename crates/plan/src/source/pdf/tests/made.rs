//! PDFs written by hand, for what no word processor makes.

/// A PDF under construction. Its fonts are `F`, which every reader has, and those that are added.
pub struct Made {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    fonts: String,
    forms: String,
    /// Entries of every page.
    pub about: String,
}

impl Default for Made {
    fn default() -> Self {
        // 1 is the catalog, 2 the tree of pages, 3 the resources.
        let mut made = Self {
            objects: vec![Vec::new(); 3],
            pages: Vec::new(),
            fonts: String::new(),
            forms: String::new(),
            about: "/MediaBox[0 0 595 842]".to_owned(),
        };
        made = made.font(
            "F",
            "/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding",
        );
        made.font(
            "B",
            "/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding",
        )
    }
}

impl Made {
    fn add(&mut self, object: Vec<u8>) -> usize {
        self.objects.push(object);
        self.objects.len()
    }

    fn stream(&mut self, about: &str, bytes: &[u8]) -> usize {
        let head = format!("<<{about}/Length {}>>stream\n", bytes.len());
        self.add([head.as_bytes(), bytes, b"\nendstream"].concat())
    }

    /// Adds a font.
    pub fn font(mut self, name: &str, about: &str) -> Self {
        let number = self.add(format!("<</Type/Font{about}>>").into_bytes());
        self.fonts.push_str(&format!("/{name} {number} 0 R"));
        self
    }

    /// Adds a table of codes, for a font that is added next; gives its number.
    pub fn table(mut self, text: &str) -> (Self, usize) {
        let number = self.stream("", text.as_bytes());
        (self, number)
    }

    /// Adds a form.
    pub fn form(mut self, name: &str, content: &str) -> Self {
        let about = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 3 0 R";
        let number = self.stream(about, content.as_bytes());
        self.forms.push_str(&format!("/{name} {number} 0 R"));
        self
    }

    /// Adds a page.
    pub fn page(self, content: &str) -> Self {
        self.pages(1, content)
    }

    /// Adds pages with one content.
    pub fn pages(mut self, count: usize, content: &str) -> Self {
        let content = self.stream("", content.as_bytes());
        self.repeat(count, content);
        self
    }

    /// The file with pages whose content is packed.
    pub fn packed_pages(mut self, count: usize, content: &[u8]) -> Vec<u8> {
        let content = self.stream("/Filter/FlateDecode", content);
        self.repeat(count, content);
        self.bytes()
    }

    fn repeat(&mut self, count: usize, content: usize) {
        for _ in 0..count {
            let page = format!(
                "<</Type/Page/Parent 2 0 R/Resources 3 0 R/Contents {content} 0 R{}>>",
                self.about
            );
            let page = self.add(page.into_bytes());
            self.pages.push(page);
        }
    }

    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        let kids: Vec<String> = self
            .pages
            .iter()
            .map(|page| format!("{page} 0 R "))
            .collect();
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
        self.objects[1] = format!(
            "<</Type/Pages/Kids[{}]/Count {}>>",
            kids.concat(),
            self.pages.len()
        )
        .into_bytes();
        self.objects[2] =
            format!("<</Font<<{}>>/XObject<<{}>>>>", self.fonts, self.forms).into_bytes();
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            offsets.push(bytes.len());
            bytes.extend(format!("{} 0 obj\n", index + 1).into_bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let table = bytes.len();
        let size = offsets.len() + 1;
        bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
        for offset in offsets {
            bytes.extend(format!("{offset:010} 00000 n \n").into_bytes());
        }
        bytes.extend(
            format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n")
                .into_bytes(),
        );
        bytes
    }
}

/// One page of lines.
pub fn lines(lines: &[&str]) -> Made {
    let shown: Vec<String> = lines
        .iter()
        .map(|line| format!("({line}) Tj T* "))
        .collect();
    Made::default().page(&format!("BT /F 14 Tf 18 TL 85 760 Td {}ET", shown.concat()))
}

/// A page in a font that says nothing about its letters.
pub fn unknown_letters() -> Vec<u8> {
    let codes = "0102".repeat(60);
    Made::default()
        .font("G", "/Subtype/Type0/BaseFont/AAAAAA+Times/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2>>]")
        .page(&format!("BT /G 14 Tf 85 760 Td <{codes}> Tj ET"))
        .bytes()
}
