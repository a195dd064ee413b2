// The forms in which documents come. To measure another one (PDF is not yet here: it needs pages and fonts),
// add it to this list; bench/plan.mjs then prints its figures.
import { packed } from "./zip.mjs";

/** Each form by the name that stands in its figures; Markdown's figures bear none. */
export const forms = [
  { name: "", extension: "md", write: markdown },
  { name: "text", extension: "txt", write: text },
  { name: "docx", extension: "docx", write: docx },
  { name: "html", extension: "html", write: html },
];

function markdown(plan) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return plan
    .map(({ level, text, rows }) => {
      if (rows) return rows.map(row).join("\n");
      return level ? `${"#".repeat(level)} **${text}**` : text;
    })
    .join("\n\n");
}

/** As a printed page is laid out: wrapped at 80 columns, the first line of a paragraph indented, a form feed between pages. */
function text(plan) {
  const lines = [];
  const wrap = (paragraph) => {
    let line = "      ";
    for (const word of paragraph.split(" ")) {
      if (line.trim() && line.length + word.length >= 80) {
        lines.push(line);
        line = "";
      }
      line += line.trim() ? ` ${word}` : word;
    }
    lines.push(line);
  };
  for (const { text: paragraph, rows } of plan) {
    for (const words of rows ? rows.map((row) => row.join("; ")) : [paragraph]) wrap(words);
  }
  return lines.map((line, at) => (at && at % 45 === 0 ? `\f${line}` : line)).join("\n");
}

function escaped(words) {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function html(plan) {
  const body = plan.map(({ level, text: words, rows }) => {
    if (!rows) return level ? `<h${level}>${escaped(words)}</h${level}>` : `<p>${escaped(words)}</p>`;
    const cells = (row) => row.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}</table>`;
  });
  return `<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>Kế hoạch</title></head><body>\n${body.join("\n")}\n</body></html>\n`;
}

function docx(plan) {
  const run = (words, bold) => `<w:r><w:rPr>${bold ? "<w:b/>" : ""}<w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">${escaped(words)}</w:t></w:r>`;
  const paragraph = (words, bold) => `<w:p><w:pPr><w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr>${run(words, bold)}</w:p>`;
  const cell = (words) => `<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr>${paragraph(words)}</w:tc>`;
  const table = (rows) => `<w:tbl><w:tblGrid>${"<w:gridCol w:w=\"1500\"/>".repeat(rows[0].length)}</w:tblGrid>${rows.map((row) => `<w:tr>${row.map(cell).join("")}</w:tr>`).join("")}</w:tbl>`;
  const body = plan.map(({ level, text: words, rows }) => (rows ? table(rows) : paragraph(words, level > 0))).join("");
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const package_ = "http://schemas.openxmlformats.org/package/2006";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  const main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  return packed({
    "[Content_Types].xml": `${head}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    "_rels/.rels": `${head}<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${office}" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
}
