// Real documents for the journeys: DOCX files that LibreOffice makes, as an officer's word processor would.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LETTERHEAD = `<table width="100%"><tr>
  <td align="center">ỦY BAN NHÂN DÂN TỈNH HÀ NAM<br><b>SỞ THÔNG TIN VÀ TRUYỀN THÔNG</b></td>
  <td align="center"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr>
  <tr><td align="center">Số: 45/KH-STTTT</td><td align="center"><i>Hà Nam, ngày 15 tháng 01 năm 2024</i></td></tr></table>
<p align="center"><b>KẾ HOẠCH</b></p><p align="center"><b>Tuyên truyền chuyển đổi số trên địa bàn tỉnh Hà Nam năm 2024</b></p>
<p>Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ, Sở Thông tin và Truyền thông ban hành Kế hoạch tuyên truyền năm 2024 như sau:</p>`;

const SIGNATURE = `<table width="100%"><tr>
  <td><b><i>Nơi nhận:</i></b><br>- UBND tỉnh (để b/c);<br>- UBND các huyện, thị xã, thành phố;<br>- Lưu: VT.</td>
  <td align="center"><b>GIÁM ĐỐC</b><br><br><b>Nguyễn Văn Mẫu</b></td></tr></table>`;

/** The rows of the task table: a unit that leads two tasks stands in a cell merged over both. */
const table = (rows) => `<table border="1"><tr><td>TT</td><td>Nhiệm vụ</td><td>Chủ trì</td><td>Phối hợp</td><td>Thời gian</td><td>Sản phẩm</td></tr>
${rows.map((cells) => `<tr>${cells.map((cell) => (typeof cell === "string" ? `<td>${cell}</td>` : `<td rowspan="${cell.rows}">${cell.text}</td>`)).join("")}</tr>`).join("\n")}</table>`;

const BOTH = { rows: 2, text: "Sở Thông tin và Truyền thông" };
const TASKS = [
  ["1", "Xây dựng chuyên mục chuyển đổi số trên hệ thống truyền thanh", BOTH, "UBND các huyện, thị xã, thành phố", "Hằng tháng", "Chuyên mục"],
  ["2", "Biên soạn cẩm nang kỹ năng số cho người dân", "Sở Giáo dục và Đào tạo", "Quý II/2024", "Cẩm nang"],
  ["3", "Tổ chức cuộc thi tìm hiểu chuyển đổi số", "Báo Hà Nam", "Đài PT&amp;TH Hà Nam", "Trước ngày 10/10/2024", "Báo cáo kết quả"],
];

const body = (themes, tasks) => `<p><b>I. MỤC ĐÍCH</b></p><p>- Nâng cao nhận thức của cán bộ, công chức, viên chức và người dân về chuyển đổi số.</p>
<p><b>II. NỘI DUNG</b></p><p><b>1. Nội dung tuyên truyền</b></p>${themes.map((theme) => `<p>- ${theme}</p>`).join("\n")}
<p><b>2. Hình thức tuyên truyền</b></p><p>- Trên báo in, báo điện tử và hệ thống thông tin cơ sở.</p><p>- Trên mạng xã hội.</p>
<p><b>III. PHÂN CÔNG NHIỆM VỤ</b></p><p>Nhiệm vụ cụ thể như sau:</p>${table(tasks)}
<p><b>IV. TỔ CHỨC THỰC HIỆN</b></p><p>Các đơn vị báo cáo kết quả về Sở Thông tin và Truyền thông trước ngày 15 tháng 12 hằng năm./.</p>`;

const THEMES = [
  "Vai trò, ý nghĩa của chuyển đổi số đối với phát triển kinh tế - xã hội của tỉnh.",
  "Dịch vụ công trực tuyến và thanh toán không dùng tiền mặt.",
  "An toàn thông tin cho người dân trên môi trường mạng.",
];

/** Two versions of a plan with a task table: the second has one clause in other words, one theme more and a task less. */
export function plan(folder) {
  const amended = [...THEMES.slice(0, 1), "Dịch vụ công trực tuyến, định danh điện tử VNeID và thanh toán không dùng tiền mặt.", ...THEMES.slice(2), "Gương điển hình về chuyển đổi số ở cơ sở."];
  const fewer = [TASKS[0], TASKS[1]];
  return {
    first: docx(folder, "ke-hoach-45", page(body(THEMES, TASKS))),
    second: docx(folder, "ke-hoach-45-dinh-chinh", page(body(amended, fewer))),
  };
}

const page = (text) => `<!doctype html><html><head><meta charset="utf-8"></head><body>${LETTERHEAD}${text}${SIGNATURE}</body></html>`;

function docx(folder, name, html) {
  mkdirSync(folder, { recursive: true });
  const source = join(folder, `${name}.html`);
  writeFileSync(source, html);
  const profile = `-env:UserInstallation=file://${join(folder, "office")}`;
  const made = spawnSync("soffice", [profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, source], { encoding: "utf8", timeout: 120_000 });
  if (made.status !== 0) throw new Error(`LibreOffice (Debian: libreoffice-writer-nogui) made no DOCX: ${made.error ?? made.stderr}`);
  return join(folder, `${name}.docx`);
}
