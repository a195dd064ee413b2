// Documents to read: the real plan as paragraphs, and made-up ones of any size. A paragraph is
// { level, text }: 1 and 2 are headings, 0 is text; a table is { rows }.

const WORDS = (
  "tuyên truyền cải cách hành chính nhà nước công khai minh bạch thủ tục một cửa liên thông dịch vụ trực tuyến chuyển đổi số người dân " +
  "doanh nghiệp cơ quan đơn vị cán bộ công chức viên chức nâng cao nhận thức trách nhiệm phối hợp kiểm tra giám sát báo chí phát thanh " +
  "truyền hình loa cơ sở bản tin chuyên mục hội nghị tập huấn mạng xã hội cổng thông tin điện tử kết quả chất lượng hiệu quả kịp thời"
).split(" ");
const UNITS = ["Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Công an tỉnh", "Ủy ban nhân dân cấp xã", "Báo và Đài Phát thanh, Truyền hình tỉnh"];

/** The paragraphs of a plan in Markdown. */
export function paragraphsOf(markdown) {
  return markdown
    .split(/\n\s*\n/)
    .map((text) => text.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .map((text) => ({ level: /^(#|\*\*)/.test(text) ? 2 : 0, text: text.replace(/^#+\s*|\*\*/g, "") }));
}

/** A plan of about so many bytes: parts of ten sections of twenty bullets each, and a table of tasks in every part. */
export function madeUp(bytes) {
  const random = sequence(2021);
  const pick = (list) => list[random() % list.length];
  const sentence = (least) => {
    const words = Array.from({ length: least + (random() % 25) }, () => pick(WORDS)).join(" ");
    return `${pick(UNITS)} chủ trì ${words}`;
  };
  const plan = [
    { level: 0, text: "Số: 12/KH-UBND" },
    { level: 0, text: "Hà Nam, ngày 05 tháng 02 năm 2024" },
    { level: 1, text: "KẾ HOẠCH" },
    { level: 1, text: "Thông tin, tuyên truyền về cải cách hành chính giai đoạn 2021 - 2030" },
    { level: 0, text: "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ, Sở ban hành Kế hoạch như sau:" },
  ];
  let size = 0;
  const add = (paragraph) => {
    plan.push(paragraph);
    size += Buffer.byteLength(paragraph.text ?? paragraph.rows.flat().join(" | ")) + 2;
  };
  let acts = 0;
  for (let part = 1; size < bytes; part += 1) {
    add({ level: 1, text: `${roman(part)}. ${part % 2 ? "NỘI DUNG" : "TỔ CHỨC THỰC HIỆN"}` });
    for (let section = 1; section <= 10; section += 1) {
      add({ level: 2, text: `${section}. ${part % 2 ? `Nhiệm vụ thứ ${section}` : pick(UNITS)}` });
      for (let bullet = 1; bullet <= 20; bullet += 1) {
        acts += 1;
        const act = `Quyết định số ${1 + (acts % 4000)}/QĐ-UBND ngày ${bullet}/3/${2010 + Math.floor(acts / 4000)}`;
        add({ level: 0, text: `- ${sentence(25)} theo ${act}, báo cáo định kỳ hằng năm.` });
      }
    }
    const tasks = Array.from({ length: 10 }, (_, at) => [`${at + 1}`, sentence(8), pick(UNITS), pick(UNITS), "Hằng quý", "Báo cáo"]);
    add({ rows: [["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"], ...tasks] });
  }
  return plan;
}

/** How many numbered clauses and bullets a plan has. */
export function clausesOf(plan) {
  return plan.filter(({ text }) => /^([IVXLC]+|\d+)\. |^- /.test(text ?? "")).length;
}

/** The same numbers in every run (Numerical Recipes' linear congruence). */
function sequence(state) {
  let last = state;
  return () => {
    last = (Math.imul(last, 1664525) + 1013904223) >>> 0;
    return last >>> 8;
  };
}

function roman(number) {
  const signs = [[1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
  return signs.reduce(
    ({ text, left }, [value, sign]) => ({ text: text + sign.repeat(Math.floor(left / value)), left: left % value }),
    { text: "", left: number },
  ).text;
}
