// Made-up figures for the catalogue, the same at every run. The themes and channels are the real plan's.
const themes = [
  ["II.1.1", "Tầm quan trọng, ý nghĩa của cải cách hành chính"],
  ["II.1.2", "Chủ trương của Đảng, chính sách, pháp luật"],
  ["II.1.3", "Trách nhiệm của người đứng đầu"],
  ["II.1.4", "Sắp xếp tổ chức bộ máy"],
  ["II.1.5", "Cơ chế một cửa, một cửa liên thông"],
  ["II.1.6", "Chỉ số cải cách hành chính, sự hài lòng"],
  ["II.1.7", "Hiện đại hóa hành chính, chuyển đổi số"],
  ["II.1.8", "Kết quả, tồn tại, hạn chế, nguyên nhân"],
  ["II.1.9", "Mô hình thí điểm, điển hình tốt"],
  ["II.1.10", "Quyền giám sát của người dân, tổ chức"],
];
const channels = ["Báo in", "Báo điện tử", "Truyền hình", "Phát thanh", "Truyền thanh", "Cổng tỉnh", "Trang đơn vị", "Mạng xã hội"];
const monthNow = 9;

function evidence(theme, channel, month) {
  const noise = Math.abs(Math.sin((theme + 1) * 12.9898 + (channel + 1) * 78.233 + month * 37.719)) * 43758.5453;
  const busy = [3, 4, 2, 2, 8, 7, 5, 6][channel] - (theme === 9 || theme === 5 ? 3 : 0);
  return Math.max(0, Math.round((noise - Math.floor(noise)) * busy + busy / 4 - 0.6));
}

const level = (count) => (count === 0 ? "silent" : count < 2 ? 1 : count < 4 ? 2 : count < 6 ? 3 : count < 8 ? 4 : 5);
const months = Array.from({ length: 12 }, (_, index) => index + 1);

function strip([clause, label], theme, channel) {
  if ((theme + channel) % 17 === 5) return `<td><span class="strip-none"><span class="visually-hidden">Kế hoạch không yêu cầu</span><span aria-hidden="true">–</span></span></td>`;
  const counts = months.filter((month) => month <= monthNow).map((month) => evidence(theme, channel, month));
  const silent = counts.flatMap((count, index) => (count === 0 ? [index + 1] : []));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const said = silent.length ? `, im lặng tháng ${silent.join(", ")}` : ", không tháng nào im lặng";
  const marks = months.map((month) => `<i class="heat-${month > monthNow ? "future" : level(counts[month - 1])}"></i>`).join("");
  return `<td><a class="strip" href="#evidence"><span class="visually-hidden">${clause} trên ${channels[channel]}: ${total} minh chứng${said}</span><span class="strip-months" aria-hidden="true">${marks}</span></a></td>`;
}

function overview(className, shownChannels) {
  const head = shownChannels.map((channel) => `<th scope="col">${channels[channel]}</th>`).join("");
  const rows = themes
    .map((theme, index) => `<tr><th scope="row"><span class="coverage-label"><span class="clause-no">${theme[0]}</span>${theme[1]}</span></th>${shownChannels.map((channel) => strip(theme, index, channel)).join("")}</tr>`)
    .join("\n");
  return `<table class="${className}"><caption class="visually-hidden">Minh chứng theo nội dung, hình thức và tháng của năm 2026</caption><thead><tr><th scope="col">Nội dung</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

export const coverageOverview = () => overview("coverage", [0, 1, 2, 3, 4, 5, 6, 7]);
export const coverageCompact = () => overview("coverage coverage-compact", [0, 1, 2, 4, 5, 7]);

export function coverageMonths() {
  const head = months.map((month) => `<th scope="col"><abbr title="Tháng ${month}">T${month}</abbr></th>`).join("");
  const rows = themes
    .map(([clause, label], theme) => {
      const cells = months
        .map((month) => {
          const count = evidence(theme, 4, month);
          if (month > monthNow) return `<td><span class="heat-future"><span class="visually-hidden">chưa đến</span></span></td>`;
          return `<td><a class="heat-${level(count)}" href="#evidence">${count}<span class="visually-hidden"> minh chứng${count === 0 ? ", im lặng" : ""}</span></a></td>`;
        })
        .join("");
      return `<tr><th scope="row"><span class="coverage-label"><span class="clause-no">${clause}</span>${label}</span></th>${cells}</tr>`;
    })
    .join("\n");
  return `<table class="coverage coverage-months"><caption><span>Truyền thanh cơ sở, năm 2026: số minh chứng mỗi tháng</span></caption><thead><tr><th scope="col">Nội dung</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}
